// The voter's page: claims a key, keeps it in this browser, takes it over from a code or a file, and looks
// whether it stands on the roll.

import { NotDone, work } from "../../ballots/booth.js";
import { unable } from "../../ballots/able.js";
import { fileOf, forget, keep, keepNew, kept, readFile, settled } from "./kept.js";
import { handIn } from "./handing_in.js";
import { standsOnRoll } from "./own_key.js";
import { copying, save, say, telling } from "./saying.js";
import { mustKeep } from "./storing.js";
import { inWords } from "./words.js";

const page = document.querySelector("[data-key]");
const part = (name) => page.querySelector(`[data-${name}]`);
const { me, purpose, register, phi, claim: standing, roll } = page.dataset;
const description = JSON.parse(document.getElementById("description").textContent);
const of = { me, purpose };
const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
const show = (name, shown) => { const place = part(name); if (place) place.hidden = !shown; };

// Whether what this browser holds is what was claimed; null where only the code is known.
const matches = (own, claim = standing) => (own.claim ? own.claim === claim : null);

async function claimIt(button) {
  button.disabled = true;
  say(part("said"), ["Your key is being made on this device …"]);
  try {
    const made = await work("claim", { register: description, voter: me }, { tell: telling(part("progress")) });
    const own = { credential: made.credential, claim: made.claim };
    keepNew(of, own);
    if (kept(of)?.fresh?.credential !== own.credential) throw new NotDone("failed", "nothing is kept here");
    const entry = await handIn("/act/", "secret.claim", { register, claim: own.claim }, { me, token });
    keep(of, own);
    claimed(own, entry);
  } catch (trouble) {
    if (trouble.status) settled(of, standing); // refused: the one before is kept, if there was one
    say(part("said"), inWords(trouble), true);
  }
  part("progress").hidden = true;
  button.disabled = false;
}

function claimed(own, entry) {
  show("claiming", false);
  show("again", false);
  show("take", false);
  show("shared", true);
  say(part("said"), [`You have claimed your voting key. It stands in the record as entry ${entry}. This browser keeps the receipt under My receipts.`]);
  const receipt = document.createElement("a");
  Object.assign(receipt, { href: `/record/${entry}/receipt`, download: "", className: "download", textContent: "Save the receipt, too" });
  part("said").append(receipt);
  part("said").classList.add("receipt");
  shown(own, true);
  part("own").querySelector("h2").focus();
}

// The code of the key. `open`: at once, as after claiming; else when it is asked for.
function shown(own, open) {
  show("own", true);
  part("code").textContent = own.credential;
  part("shown").open = open;
}

async function onRoll(own) {
  const place = part("on-roll");
  show("checking", true);
  say(place, ["Looking whether your key stands on the roll …"]);
  try {
    const there = await standsOnRoll({ register, roll, phi, credential: own.credential });
    if (there) return say(place, ["Your key stands on the roll. You can vote with it from this browser. The server did not learn which it is."]);
    show("take", !own.claim);
    say(place, own.claim
      ? ["WRONG: your key does not stand on the roll, though you claimed it. Keep your code and your receipt, and tell your branch and a trustee at once."]
      : ["The key of this code does not stand on the roll. Was it typed right, and is it the one that you claimed last? Type it once more below."], true);
  } catch (trouble) {
    say(place, inWords(trouble), true);
  }
}

async function take(event) {
  event.preventDefault();
  const form = event.target;
  const typed = form.elements.code.value.replaceAll(/\s/g, "");
  const file = form.elements.file.files[0];
  try {
    const own = file ? readFile(await file.text(), of) : { credential: typed, claim: "" };
    // Only a code that is written as one gives a key at all.
    await work("onRoll", { roll: "[]", uuid: phi, credential: own.credential });
    if (matches(own) === false) {
      throw Object.assign(new Error(), { said: ["You have claimed another key since this file was saved. Choose the latest file, or type its code."] });
    }
    keep(of, own);
    form.reset();
    begin();
  } catch (trouble) {
    say(part("said"), inWords(trouble), true);
    part("said").focus();
  }
}

function begin() {
  const own = settled(of, standing);
  const fits = own && matches(own);
  const open = "open" in page.dataset;
  show("claiming", open && !standing);
  show("again", open && Boolean(standing));
  show("take", Boolean(standing) && (!own || fits === false));
  show("checking", Boolean(roll) && Boolean(own) && fits !== false);
  show("own", false);
  show("shared", Boolean(own));
  if (!own) {
    say(part("said"), standing ? ["This browser does not hold your voting key."] : []);
  } else if (fits === false) {
    say(part("said"), standing
      ? ["You have claimed again since, on another device or in another browser. The key that this browser holds counts no more."]
      : ["The record shows no claim of yours. The key that this browser holds counts nothing: claim one."], true);
  } else if (standing) {
    say(part("said"), fits
      ? ["This browser holds your voting key."]
      : [roll
        ? "This browser holds the key that you brought. Whether you can vote with it stands below."
        : "This browser holds the key that you brought. Whether it is the one that you claimed shows when the roll stands."]);
    shown(own, false);
    if (roll) onRoll(own);
  }
}

function start() {
  const missing = typeof Worker === "function" ? unable() : "no-workers";
  if (missing) throw new NotDone(missing, "");
  mustKeep();
  for (const button of page.querySelectorAll("[data-claim-it]")) button.addEventListener("click", () => claimIt(button));
  part("save").addEventListener("click", () => save(`voting-key-${register}.json`, fileOf(of, kept(of))));
  copying(part("copy"), part("code"));
  part("check")?.addEventListener("click", () => onRoll(kept(of)));
  part("take").querySelector("form").addEventListener("submit", take);
  part("forget").addEventListener("click", () => {
    if (!confirm("Forget the voting key in this browser? Without its code or file you cannot vote with it any more.")) return;
    forget(of);
    location.reload();
  });
  say(part("said"), []);
  begin();
}

try {
  start();
} catch (trouble) {
  say(part("said"), inWords(trouble), true);
}
