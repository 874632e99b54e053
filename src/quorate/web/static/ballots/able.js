// Whether this browser can do what a secret ballot needs. Old browsers read this too: it uses nothing new.

// What is missing, as a code; "" if nothing is.
export function unable() {
  if (!globalThis.isSecureContext) return "no-secure-context";
  if (typeof BigInt !== "function") return "no-bigint";
  if (!random()) return "no-random";
  if (!crypto.subtle) return "no-cipher";
  return "";
}

// Whether the browser's generator gives something: never twice the same, never only zeros.
function random() {
  try {
    const [one, other] = [crypto.getRandomValues(new Uint8Array(32)), crypto.getRandomValues(new Uint8Array(32))];
    return one.some(Boolean) && other.some((byte, place) => byte !== one[place]);
  } catch {
    return false;
  }
}
