// Whether this browser keeps anything for these pages: keys, trackers and promises lie nowhere else.

import { problem } from "./words.js";

const PLACE = "quorate/kept-at-all";

// Throws what is to be said where it does not.
export function mustKeep() {
  try {
    localStorage.setItem(PLACE, "yes");
    localStorage.removeItem(PLACE);
  } catch (trouble) {
    if (trouble.name === "QuotaExceededError") throw trouble;
    throw problem("This browser keeps nothing for this site, so it can hold no voting key and no proof of your vote. Allow the site to store data, in the browser’s settings under cookies, and load the page again; or use another browser.");
  }
}
