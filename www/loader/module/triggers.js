// What may bring a widget up: scrolling, leaving, clicks. Listens only for what some widget waits for.

import { call, CLICKED, LEAVING, SCROLLED } from "./call.js";

// A phone's user who scrolls up so many pixels, within so many milliseconds, is about to leave.
const RUSH = 400;
const RUSH_MS = 300;

export const listen = (index, scroll, exit, selector) => {
  const passive = { passive: true };
  if (scroll) {
    let furthest = 0;
    const look = () => {
      const percent = Math.floor(((scrollY + innerHeight) * 100) / document.documentElement.scrollHeight);
      if (percent > furthest) call(SCROLLED, 0, (furthest = percent));
    };
    addEventListener("scroll", look, passive);
  }
  if (exit) {
    let from = [0, 0];
    const look = () => {
      if (Date.now() - from[1] > RUSH_MS || scrollY > from[0]) from = [scrollY, Date.now()];
      else if (from[0] - scrollY > RUSH) call(LEAVING);
    };
    addEventListener("scroll", look, passive);
    document.addEventListener("mouseout", ({ relatedTarget, clientY }) => {
      if (!relatedTarget && clientY <= 0) call(LEAVING);
    });
  }
  if (selector) {
    const clicked = ({ target }) => {
      try {
        if (target.closest(selector)) call(CLICKED, index);
      } catch {} // The owner's selector is malformed, or the document itself was clicked.
    };
    addEventListener("click", clicked, true);
  }
};
