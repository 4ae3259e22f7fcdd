// The access key may stand in the address's fragment (`#key=…`, or `#…`), which browsers send to no server. It goes
// into the form and out of the address and the history before anything else happens.

export function signInFromFragment() {
  const [, key] = /^#(?:key=)?([\w-]{16,256})$/.exec(location.hash) ?? [];
  if (!key) return;
  history.replaceState(null, "", location.pathname + location.search);
  const form = document.getElementById("sign-in");
  if (!form) return;
  form.elements.key.value = key;
  form.requestSubmit();
}
