// The groups by the names that elections give them.

import { ED25519 } from "./ed25519.js";
import { BELENIOS_2048 } from "./finite_field.js";

export const NAMED = new Map([ED25519, BELENIOS_2048].map((group) => [group.name, group]));
export { BELENIOS_2048, ED25519 };
