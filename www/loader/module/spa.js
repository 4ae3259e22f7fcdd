// Page views of single-page applications. The page's own `pushState` stays as it is: where there is no Navigation API, the
// address is looked at now and then.

import { call, ROUTE } from "./call.js";

export const watchAddress = () => {
  let path = location.pathname + location.hash;
  const look = () => {
    if (path != (path = location.pathname + location.hash)) call(ROUTE);
  };
  if (window.navigation) navigation.addEventListener("currententrychange", look);
  else {
    addEventListener("popstate", look);
    setInterval(look, 1000);
  }
};
