// Base58, of which identifiers, credentials and seeds are made (sections 4.2, 4.6.1 and 4.8).

import { randomBelow } from "./random.js";

export const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

export const randomText = (length) =>
  Array.from({ length }, () => ALPHABET[Number(randomBelow(58n))]).join("");
