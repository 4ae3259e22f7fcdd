// The device: storage, network, clock, lots, and where the visitor is.

import { post as send } from "../post.js";
import { call, ITEM, loader, PART, VERDICT, widgets } from "./call.js";
import { showResult } from "./poll_result.js";

const prefix = () => `rapport:${loader.manifest.site}:`;
const timers = {};

// localStorage throws where the page is a third party, in some private windows, and when it is full.
const store = (work) => {
  try {
    return work(localStorage);
  } catch {}
};

export const recall = (key) => store((kept) => kept.getItem(prefix() + key) ?? undefined);
export const keep = (key, text) => !!store((kept) => (kept.setItem(prefix() + key, text), true));
export const forget = (key) => store((kept) => kept.removeItem(prefix() + key));
export const kept = () =>
  store((kept) =>
    Object.keys(kept)
      .filter((key) => key.startsWith(prefix()))
      .map((key) => key.slice(prefix().length))
      .join(ITEM),
  ) || "";

// By the ids of its answers with words this device asks for replies; the latest ten.
export const mine = (id) => keep("mine", [id, ...(recall("mine") || "").split(" ")].slice(0, 10).join(" ").trim());

export const after = (ms, kind, index) => {
  const key = kind + PART + index;
  clearTimeout(timers[key]);
  if (ms >= 0) timers[key] = setTimeout(call, ms, kind, index);
};

export const post = (slot, body) =>
  send(loader.manifest, body).then(([status, said]) => {
    const { id = "", code = "", now = "", result, told } = said || {};
    if (result || told) {
      const name = JSON.parse(body).response.widget;
      for (const { form } of widgets) if (form.dataset.widget == name) showResult(form, result, told);
    }
    call(VERDICT, slot, [status, id, code, now].join(PART));
  });

export const beacon = (body) => navigator.sendBeacon(`${loader.manifest.origin}/e/${loader.manifest.site}`, body);

export const now = () => Date.now();
export const random = (bytes) => crypto.getRandomValues(bytes);

export const here = () =>
  [
    location.pathname + location.hash,
    location.origin + location.pathname,
    innerWidth,
    document.documentElement.lang || navigator.language,
    navigator.globalPrivacyControl ? 1 : 0,
  ].join(PART);
