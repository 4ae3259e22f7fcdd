// Stands in front of the loader on the page of the preview. What the Worker would say to an answer is said here: the page's
// policy lets nothing out, and its sandbox has no storage. Everything else is what a visitor's browser runs.

const receipt = ({ response: { id, revision, answers } }) => ({
  id,
  revision,
  duplicate: false,
  // A poll of one voter.
  result: [["", 1], ...answers.map(([, value]) => [value, 1])],
});

// What the badge asks is answered with what the programme makes of somebody who does not exist, as the Worker worked it out.
// What comes of the next act begins with what this one has left: the editor asks for that, as nothing can leave this page.
let answers = JSON.parse(document.getElementById("answers")?.textContent ?? "{}");
let panel = answers.points;
const acts = [];
let take;
addEventListener("message", ({ source, data }) => source == parent && take?.(data));
const told = async (act, { id, reward, draw }) => {
  const known = await answers;
  const what = reward ?? draw;
  const name = what ? `${act} ${what}` : act;
  if (act != "points" && known[name]) {
    panel = known[name];
    acts.push(name);
    answers = new Promise((resolve) => {
      take = resolve;
      setTimeout(resolve, 4_000, known);
    });
    parent.postMessage({ acts: acts.join("|") }, "*");
  }
  return { id, html: panel, told: known[`told ${name}`] };
};

window.rapportPreview = JSON.parse(document.getElementById("manifest").textContent);

const load = window.fetch;
window.fetch = async (address, init) => {
  if (init?.method != "POST") return load(address, init);
  const body = JSON.parse(init.body);
  const [, act] = /\/me\/[^/]+\/(.+)/.exec(address) ?? [];
  return new Response(JSON.stringify(act ? await told(act, body) : receipt(body)));
};

navigator.sendBeacon = () => true;
