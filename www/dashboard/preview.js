// Keeps the preview in step with the form. Each new one is loaded behind the old one and then takes its place, so that
// nothing flickers and the browser's history stays as it is.

const PAUSE = 500;
// What the page in the frame takes for its window.
const WIDTHS = { phone: 390, desktop: 1_100 };

export function followPreview(form) {
  const stage = document.querySelector(".stage");
  let timer = 0;
  let number = 0;

  const width = () => form.elements["preview.width"].value;

  // Drawn at its own width and made to fit.
  const fit = () => {
    const [room, wanted] = [stage.clientWidth, WIDTHS[width()]];
    if (!room) return;
    const scale = Math.min(1, room / wanted);
    const own = width() === "phone" ? Math.min(wanted, room) : Math.max(wanted, room);
    for (const frame of stage.querySelectorAll("iframe")) {
      frame.style.inlineSize = `${own}px`;
      frame.style.blockSize = `${100 / scale}%`;
      frame.style.transform = `scale(${scale})`;
      frame.style.insetInlineStart = `${Math.max(0, (room - own * scale) / 2)}px`;
    }
  };

  const now = () => {
    clearTimeout(timer);
    const old = stage.querySelectorAll("iframe");
    const frame = old[0].cloneNode();
    frame.name = `preview-${++number}`;
    frame.classList.add("coming");
    // A dialog would take the focus from whoever is typing.
    frame.inert = form.contains(document.activeElement);
    for (const one of [...old].slice(1)) one.remove();
    stage.append(frame);
    fit();
    frame.addEventListener("load", () => {
      // The empty page that every frame begins with.
      if (!frame.dataset.sent || !frame.isConnected) return;
      frame.classList.remove("coming");
      for (const one of stage.querySelectorAll("iframe")) if (one !== frame) one.remove();
    });
    const copy = document.createElement("form");
    copy.method = "post";
    copy.action = form.dataset.preview;
    copy.target = frame.name;
    copy.hidden = true;
    for (const [name, value] of new FormData(form)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      copy.append(field);
    }
    document.body.append(copy);
    frame.dataset.sent = "yes";
    // The widget has a field called `submit`.
    HTMLFormElement.prototype.submit.call(copy);
    copy.remove();
  };

  // A badge says what was done in it, and is told what comes of what can be done next.
  addEventListener("message", async ({ source, data }) => {
    const ours = [...stage.querySelectorAll("iframe")].some((frame) => frame.contentWindow === source);
    if (!ours || typeof data?.acts !== "string") return;
    const body = new URLSearchParams(new FormData(form));
    body.set("preview.acts", data.acts);
    const reply = await fetch(form.dataset.preview, { method: "POST", body }).catch(() => null);
    const [, answers] = /<script id="answers"[^>]*>(.*?)<\/script>/s.exec(reply?.ok ? await reply.text() : "") ?? [];
    if (answers) source.postMessage(JSON.parse(answers), "*");
  });

  const wake = () => stage.querySelectorAll("iframe").forEach((frame) => (frame.inert = false));
  stage.addEventListener("pointerenter", wake);
  document.addEventListener("keydown", ({ key }) => key === "Tab" && wake());
  addEventListener("resize", fit);
  document.querySelector("[data-show]").hidden = true;
  return {
    now,
    soon() {
      clearTimeout(timer);
      timer = setTimeout(now, PAUSE);
    },
  };
}
