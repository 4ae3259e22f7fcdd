// Files too large for one form: the script keeps the file and sends it in pieces. The Worker reads them and says how far it
// came; its answer to each piece is the page that says so. Without this, small files go the same way in one piece.

const HEAD = 60_000;
// More than the longest row, so that each piece has an end of one.
const PIECE = 140_000;
const LINES = 200_000;
const LARGEST = 20_000_000;

/** The text of the table being imported, and how much of it is done. */
let table = null;

export function sendInPieces() {
  document.addEventListener("submit", (event) => {
    const steps = { read, map, next, take };
    const step = steps[event.target.dataset?.file];
    if (step) step(event, event.target);
  });
}

/** The beginning of a table is enough to see what it is. */
async function read(event, form) {
  const [file] = form.elements.file.files;
  if (!file || file.size <= HEAD) return;
  event.preventDefault();
  if (file.size > LARGEST) return say(form, form.dataset.tooLarge);
  const text = (await file.text()).replaceAll("\r\n", "\n");
  if (text.includes("\ufffd")) return say(form, form.dataset.notUtf8);
  table = { text, at: 0 };
  const fields = fieldsOf(form, event.submitter);
  fields.delete("file");
  fields.set("text", cut(HEAD));
  fields.set("last", "no");
  await post(form, fields);
}

/** What the columns are: the form carries the beginning, which the import begins with. */
async function map(event, form) {
  if (!table || form.elements.last.value !== "no") return;
  event.preventDefault();
  const fields = fieldsOf(form, event.submitter);
  table.at = 0;
  if (await post(form, fields)) await goOn();
}

async function next(event, form) {
  if (!table) return;
  event.preventDefault();
  await piece(form);
  await goOn();
}

/** One piece after the other, for as long as the page offers to go on. */
async function goOn() {
  for (;;) {
    const form = document.querySelector("form[data-file=next]");
    if (!form) break;
    if (!(await piece(form))) break;
  }
}

async function piece(form) {
  // What the Worker has read of the piece before is behind us.
  table.at += Number(form.dataset.consumed);
  form.dataset.consumed = 0;
  const fields = fieldsOf(form, form.querySelector("button[name=do]"));
  const text = cut(PIECE);
  fields.set("text", text);
  fields.set("last", table.at + text.length >= table.text.length ? "yes" : "no");
  return post(form, fields);
}

/** A whole site, at ends of lines. */
async function take(event, form) {
  const [file] = form.elements.file.files;
  if (!file || file.size <= LINES) return;
  event.preventDefault();
  const sum = { accepted: 0, duplicate: 0, lines: 0 };
  for (let at = 0; at < file.size; ) {
    let size = LINES;
    let bytes, end;
    // A line that is longer than a piece makes the piece longer.
    do {
      bytes = new Uint8Array(await file.slice(at, at + size).arrayBuffer());
      end = at + bytes.length >= file.size ? bytes.length : bytes.lastIndexOf(10) + 1;
      size *= 2;
    } while (end === 0);
    const fields = fieldsOf(form);
    fields.delete("file");
    fields.set("text", new TextDecoder().decode(bytes.subarray(0, end)));
    const page = await fetched(form, fields);
    const taken = page?.querySelector("#taken");
    if (!taken) return page ? show(page) : say(form, form.dataset.broken);
    for (const key of Object.keys(sum)) sum[key] += Number(taken.dataset[key]);
    at += end;
    say(form, `${form.dataset.progress} ${Math.floor((at / file.size) * 100)} %`);
    if (at >= file.size) {
      show(page);
      const counts = [sum.accepted, sum.duplicate, sum.lines].map((n) => n.toLocaleString("en"));
      document.querySelector("#taken p").textContent = form.dataset.taken.replace(/\{(\d)\}/g, (_, at) => counts[at]);
    }
  }
}

/** The next piece of the table: never half a character. */
function cut(length) {
  const end = table.at + length;
  const half = /[\ud800-\udbff]/.test(table.text[end - 1] ?? "");
  return table.text.slice(table.at, half ? end + 1 : end);
}

function fieldsOf(form, button) {
  const fields = new FormData(form);
  // Small steps: each fits into the processor time of the free plan.
  fields.set("script", "yes");
  if (button?.name) fields.set(button.name, button.value);
  return fields;
}

/** Sends `fields` and shows the page that comes back. */
async function post(form, fields) {
  const page = await fetched(form, fields);
  if (!page) say(form, document.querySelector("[data-broken]")?.dataset.broken ?? "");
  else show(page);
  return Boolean(page);
}

async function fetched(form, fields) {
  form.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: fields, headers: { accept: "text/html" } });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function show(page) {
  const main = document.importNode(page.querySelector("main"), true);
  document.querySelector("main").replaceWith(main);
  main.focus();
  const said = main.querySelector("[role=status], [role=alert]");
  if (said) document.getElementById("said").textContent = said.textContent;
}

/** A line below the form, for eyes and for screen readers. */
function say(form, words) {
  const line = form.querySelector("[data-said]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "notice" }));
  line.dataset.said = "";
  line.textContent = words;
  document.getElementById("said").textContent = words;
}

/** While an index is rebuilt, its numbers are kept up to date. */
export function watchRebuild() {
  if (!document.querySelector("[data-rebuilding]")) return;
  setTimeout(async () => {
    const response = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const [before, now] = [document.getElementById("health"), page.getElementById("health")];
    if (before && now) before.parentElement.replaceWith(document.importNode(now.parentElement, true));
    watchRebuild();
  }, 1_500);
}
