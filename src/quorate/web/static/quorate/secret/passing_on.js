// The page on which somebody is named: copies the address that is passed on.

import { copying } from "./saying.js";

copying(document.querySelector("[data-copy]"), document.querySelector("[data-address]"));
