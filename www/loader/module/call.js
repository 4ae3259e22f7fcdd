// Calls of the brain; the numbers are those of `widgets/src/call.rs`.

export const [
  START,
  ATTACH,
  API,
  INPUT,
  PICK,
  SUBMIT,
  BACK,
  START_OVER,
  OPEN,
  CLOSE,
  ADVANCE,
  SAVE,
  SEEN,
  VERDICT,
  RETRY,
  VISIBLE,
  HIDDEN,
  ONLINE,
  ROUTE,
  SCROLLED,
  LEAVING,
  CLICKED,
  LOOK,
] = Array(23).keys();

// What the loader lends: manifest, fail; and the module's `wake`.
export const loader = {};

// Each widget's host element and form, by index.
export const widgets = [];

// Ends an item of a packed list, and a part of an item.
export const ITEM = "\x1e";
export const PART = "\x1f";

const waiting = [];
let busy;

// The only door into the brain. It lets in one call at a time, as the state inside is borrowed meanwhile, and no trap
// gets out of it: after a crash the loader leaves the forms to `basic.js`.
export const call = (kind, index = 0, text = "") => {
  waiting.push([kind, index, `${text}`]);
  if (busy) return;
  busy = true;
  try {
    while (waiting.length) loader.wake(...waiting.shift());
    busy = false;
  } catch (crash) {
    loader.fail(crash);
  }
};
