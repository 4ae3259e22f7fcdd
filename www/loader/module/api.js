// `window.rapport`, as far as the brain answers it.

import { API, call, ITEM, loader, LOOK, PART } from "./call.js";

const asked = [];

// What is asked about widgets waits until those that are there from the start are attached; what is told of the visitor
// comes before them. Only then may a widget come up by itself: what the page asks for goes first.
let early = [];
export const attached = () => {
  const calls = early;
  early = 0;
  for (const args of calls) ask(...args);
  call(LOOK);
};
export const lookSoon = () => early || setTimeout(call, 0, LOOK);

export const ask = (name, args, resolve) => {
  if (early && /show|hide|explain/.test(name)) return early.push([name, args, resolve]);
  if (name == "consent") loader.mute = args[0] === false;
  const members = args.find((arg) => arg && typeof arg == "object") || {};
  const first = typeof args[0] == "object" ? "" : (args[0] ?? "");
  const packed = Object.entries(members).map(([key, value]) => key + PART + value + ITEM);
  call(API, asked.push(resolve) - 1, [name, first, packed.join("")].join(ITEM));
};

export const answer = (index, json) => asked[index](JSON.parse(json));
