// Chance, from the browser's generator for keys and from nothing else.

import { number } from "./bytes.js";

// A secret number in 0..q-1, each as likely as the others: what is not below q is thrown away.
export function randomBelow(q) {
  const bits = q.toString(2).length;
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  for (;;) {
    crypto.getRandomValues(bytes);
    bytes[0] &= 0xff >> (8 * bytes.length - bits);
    const found = number(bytes);
    bytes.fill(0);
    if (found < q) return found;
  }
}
