// The widget editor with scripts: drafts save themselves, the preview follows, only the editor's own part is replaced, and
// parts can be dragged. Every change is one of the form's own buttons, so all of it works without this, too.

import { followPreview } from "./preview.js";
import { offerSorting } from "./sort.js";

const PAUSE = 1_200;

export function editWidgets() {
  const form = document.getElementById("editor");
  if (!form) return;
  const preview = form.dataset.preview ? followPreview(form) : { now() {}, soon() {} };
  const said = document.getElementById("said");
  let timer = 0;
  let dirty = false;
  let stopped = false;
  // Requests go one after the other: each is based on what the one before left.
  let last = Promise.resolve();
  let busy = 0;

  const tell = (words, bad) => {
    const saved = document.getElementById("saved");
    saved.textContent = words;
    saved.parentElement.classList.toggle("bad", Boolean(bad));
    saved.parentElement.classList.remove("good");
  };

  const post = async (word, keepalive = false) => {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", word);
    const response = await fetch(form.action, { method: "POST", body, keepalive });
    if (response.status === 401) return location.reload();
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!page.getElementById("editor")) throw new Error(`${response.status}`);
    return page;
  };

  const take = (page, id) => document.getElementById(id).replaceWith(document.adoptNode(page.getElementById(id)));

  const queue = (work) => {
    busy += 1;
    last = last
      .then(work)
      .catch(() => {
        dirty = true;
        tell(form.dataset.offline, true);
      })
      .finally(() => (busy -= 1));
    return last;
  };

  const save = (keepalive) => {
    clearTimeout(timer);
    if (!dirty || stopped) return last;
    dirty = false;
    tell(form.dataset.saving);
    return queue(async () => {
      const page = await post("autosave", keepalive);
      if (!page) return;
      document.getElementById("based-on").value = page.getElementById("based-on").value;
      take(page, "state");
      // While something is wrong there is nothing to review.
      if (page.querySelector("#reviewed > *")) take(page, "reviewed");
      // What somebody else saved is not written over unasked.
      stopped = Boolean(document.getElementById("state").dataset.stored);
    });
  };

  const touch = () => {
    if (!dirty) tell(form.dataset.unsaved);
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
    preview.soon();
  };

  // Replaces the editor's part by what the server made of it; what is open and where the focus is stays.
  const redraw = (word) =>
    queue(async () => {
      const page = await post(word);
      if (!page) return;
      const open = new Map([...form.querySelectorAll("details[id]")].map(({ id, open }) => [id, open]));
      const at = document.activeElement;
      const [id, value] = [at?.id, at?.getAttribute?.("value")];
      take(page, "editor-body");
      take(page, "state");
      for (const fold of form.querySelectorAll("details[id]")) if (open.get(fold.id)) fold.open = true;
      enhance();
      const again = (id && document.getElementById(id)) || [...form.querySelectorAll("button[name=do]")].find((button) => button.value === value);
      const fresh = word.startsWith("add:") && form.querySelector("[data-list=questions] > li:last-child textarea");
      (fresh || again || form.querySelector(".undo button"))?.focus({ preventScroll: !fresh });
      if (fresh) fresh.select();
      said.textContent = document.getElementById("editor-said").textContent;
      touch();
    });

  const enhance = () => {
    offerSorting(form, said, redraw);
    for (const well of form.querySelectorAll(".well[hidden]")) {
      well.hidden = false;
      well.addEventListener("input", () => {
        const field = document.getElementById(well.dataset.for);
        field.value = well.value;
        touch();
      });
    }
  };

  form.addEventListener("input", ({ target }) => !target.matches(".well, [name^='preview.']") && touch());
  document.addEventListener("change", ({ target }) => {
    if (target.form !== form) return;
    if (target.matches("[data-redraw]")) redraw("redraw");
    else if (target.matches("[name^='preview.']")) preview.now();
  });
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (submitter?.formTarget === "preview") {
      event.preventDefault();
      return preview.now();
    }
    const word = submitter?.name === "do" ? submitter.value : "draft";
    if (word === "draft" || word === "publish") {
      clearTimeout(timer);
      dirty = false;
      // What is on its way is waited for: the form is based on it.
      if (!busy) return;
      event.preventDefault();
      last.then(() => setTimeout(() => form.requestSubmit(submitter)));
      return;
    }
    event.preventDefault();
    redraw(word);
  });
  addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(true));

  enhance();
  preview.now();
  panes();
}

// On narrow screens the editor and the preview are two panes.
function panes() {
  const editing = document.querySelector(".editing");
  if (!editing) return;
  const links = [...document.querySelectorAll(".panes a")];
  const show = (link) => {
    editing.classList.add("paned");
    editing.classList.toggle("looking", link.hash === "#preview");
    for (const other of links) other.toggleAttribute("aria-current", other === link);
    link.setAttribute("aria-current", "true");
    dispatchEvent(new Event("resize"));
  };
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link);
    });
  }
  show(links[0]);
}
