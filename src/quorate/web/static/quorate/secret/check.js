// Checking, for a voter and for anybody else: the box is fetched whole, held against the record that this
// browser knows, and verified ballot by ballot; the reader's own ballot is looked for here, so that nobody
// learns which it is.

import { NotDone, work } from "../../ballots/booth.js";
import { unable } from "../../ballots/able.js";
import { openCheckpoint } from "../proof.js";
import { continuesInto, witnesses } from "../receipts.js";
import { inWords as choiceInWords } from "./choosing.js";
import * as kept from "./kept.js";
import * as ballots from "./my_ballots.js";
import { headOnRecord } from "./on_record.js";
import { readPromise } from "./promise.js";
import { save, say, telling, when } from "./saying.js";
import { compared } from "./scripts.js";
import { mustKeep } from "./storing.js";
import { inWords, problem } from "./words.js";

const LATE = 5 * 60_000; // ms that a batch may take to be recorded

const page = document.querySelector("[data-check]");
const part = (name) => page.querySelector(`[data-${name}]`);
const { me, election, phi, purpose, key, origin, closes } = page.dataset;
const ranked = page.dataset.ranked === "yes";
const names = [...page.querySelectorAll("[data-name]")].map((one) => one.dataset.name);
const asked = JSON.parse(document.getElementById("asked").textContent);
const anonymous = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" };

let broken = []; // promises that were not kept

// How one of the checks came out: "right", "WRONG", "late", "not yet", "not cast", "changed", "not checked",
// "under way".
function came(of, state, ...sentences) {
  const row = page.querySelector(`[data-of="${of}"]`);
  row.dataset.state = state;
  row.querySelector(".state").textContent = state;
  row.querySelector("p").textContent = sentences.join(" ");
}

// { box, content }: what the server says of the box, and the archive that fits it.
async function theBox() {
  for (const last of [false, true]) {
    const [box, content] = await Promise.all([fetched(""), fetched("/archive")]);
    const again = await fetched(""); // a batch may have gone in meanwhile
    if (last || again.heads.length === box.heads.length) return { box: again, content };
  }
  return null;
}
async function fetched(what) {
  const answer = await fetch(`/api/ballots/${election}${what}`, anonymous).catch(() => null);
  if (answer?.status === 503) throw problem((await answer.json()).error);
  if (!answer?.ok) throw new NotDone("not-loaded", "");
  return what ? answer.blob() : answer.json();
}

// { act, time } of the entry that names the last head.
async function onRecord({ heads }) {
  const { head, entry } = heads.at(-1);
  const { entry: { act, time }, signed, keys } = await headOnRecord({ election, entry, head, key, origin });
  const answer = await fetch("/checkpoint", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) throw new NotDone("not-loaded", "");
  const today = await openCheckpoint(await answer.text(), keys);
  await continuesInto(today, signed, {});
  const list = JSON.parse(document.getElementById("witnesses").textContent);
  const by = await witnesses(list, today.note);
  const said = [`Entry ${entry} has it, of ${at(time)}.`];
  said.push(by.length ? `${by.join(", ")} cosigned the record.` : "Nobody but its keeper has signed the record so far.");
  const old = act !== "secret.box_closed" && Date.now() > time + Number(page.dataset.every) * 60_000 + LATE;
  if (old) came("record", "late", ...said, "By this device’s clock the next batch should be there by now. Check again in a few minutes; if it stays so, tell your branch.");
  else came("record", "right", ...said);
  return { act, time };
}

const at = (time) => when(time, page.dataset.zone);

// Whose ballots are looked for: the reader's key, as far as this browser has it.
function reader() {
  if (!me) return { credential: "", cast: [] }; // a key that is kept here may be somebody else's
  const held = kept.kept({ purpose, me });
  return { credential: held?.credential ?? "", cast: ballots.cast({ origin, election, me }) };
}

// The reader's own ballots: each that was promised and is due has to be there. `last`: what the record says of the
// box last.
async function mine({ cast, credential }, last, { trackers, own }) {
  broken = [];
  let waits = null;
  for (const one of cast.filter(({ promise }) => promise)) {
    const { due } = await readPromise(one.promise, { key, origin, election, hash: one.hash, closes });
    if (trackers.includes(one.tracker)) continue;
    if (last.act === "secret.box_closed" || last.time >= due) broken.push(one);
    else waits = due;
  }
  part("missing").hidden = !broken.length;
  const latest = cast.at(-1);
  if (broken.length) return came("mine", "WRONG", "A ballot that the server promised to put into the box is not there.");
  if (waits !== null && Date.now() > waits + LATE) {
    return came("mine", "late", `Your ballot was to go into the box by ${at(waits)}, and the record shows no batch since, though by this device’s clock there should be one. Check again in a few minutes; if it stays so, tell your branch.`);
  }
  if (waits !== null) return came("mine", "not yet", `Your ballot waits. It goes into the box by ${at(waits)}; look again then.`);
  if (!latest && !own.length) {
    return came("mine", "not checked", credential
      ? "No ballot of your voting key is in the box, and none was cast from this browser."
      : me ? "This browser holds no voting key and no ballot of yours. You can look for a tracker below."
        : "Nobody is signed in in this browser, so it looks for nobody’s ballot. Look for your tracker below.");
  }
  const counts = own.at(-1);
  if (latest && !trackers.includes(latest.tracker)) {
    return came("mine", "not cast", "Your last ballot never came: the connection ended before the server had promised to take it, and it is not in the box.");
  }
  if (counts && counts !== latest?.tracker) {
    return came("mine", latest ? "WRONG" : "right", latest
      ? `A ballot of your key is in the box that was cast later, and not from this browser: ${counts}. If you did not cast it on another device, somebody has your key: tell your branch.`
      : `Of your key ${counts} counts. It was cast on another device: compare it with the tracker there.`);
  }
  return came("mine", "right", `${latest.tracker} is there${counts ? ", and it counts" : ""}.`);
}

function result({ ballots: number, counted, result: found }) {
  const box = `${number} ballot${number === 1 ? "" : "s"}, of which ${counted} count${counted === 1 ? "s" : ""}: each proof and signature holds.`;
  if (!found) {
    came("result", "not yet", box, "The box is not opened yet, so there is no result.");
    return;
  }
  came("result", "right", box, "The tally, every shuffle and every decryption hold, and give what stands below.");
  const [numbers] = found;
  const lines = ranked
    ? grouped(numbers).map(([votes, times]) => [choiceInWords(votes, names, true).join(" "), times])
    : numbers.map((times, place) => [["Blank", ...names][place], times]);
  part("result").querySelector("ul").replaceChildren(...lines.map(([what, times]) => {
    const row = document.createElement("li");
    row.append(...[what, String(times)].map((words) => Object.assign(document.createElement("span"), { textContent: words })));
    return row;
  }));
  part("result").hidden = false;
}
function grouped(rankings) {
  const found = new Map();
  for (const one of rankings) found.set(one.join(), [one, (found.get(one.join())?.[1] ?? 0) + 1]);
  return [...found.values()].sort((one, other) => other[1] - one[1]);
}

async function check() {
  say(part("said"), ["Fetching the ballot box …"]);
  part("checks").hidden = false;
  for (const of of ["mine", "record", "result", "scripts"]) came(of, "under way");
  const look = compared({ origin }).then((found) => came("scripts", ...found));
  const { box, content } = await theBox();
  const last = await onRecord(box).catch((trouble) => { came("record", "WRONG", ...inWords(trouble)); throw trouble; });
  say(part("said"), ["Checking every ballot …"]);
  const voter = reader();
  const found = await work("checkBox", {
    content, heads: box.heads.map(({ head, ballots: number }) => ({ head, ballots: number })), uuid: phi, credential: voter.credential,
  }, { tell: telling(part("progress")) }).catch((trouble) => {
    came(trouble.code === "another-box" ? "record" : "result", "WRONG", ...inWords(trouble));
    throw trouble;
  });
  result(found);
  await mine(voter, last, found);
  findable(found.trackers);
  await look;
  const states = [...page.querySelectorAll("[data-of]")].map((row) => row.dataset.state);
  const wrong = states.includes("WRONG");
  const late = states.includes("late") ? ["Something is late: see below."] : [];
  say(part("said"), wrong ? ["Something is WRONG: see below what, and what to do."] : ["Checked. What was there to be checked holds.", ...late], wrong);
}

let trackers = [];
function findable(found) {
  trackers = found;
  part("find").hidden = false;
}

async function begin() {
  const button = part("begin");
  button.disabled = true;
  try {
    const missing = typeof Worker === "function" ? unable() : "no-workers";
    if (missing) throw new NotDone(missing, "");
    mustKeep();
    await check();
  } catch (trouble) {
    for (const row of page.querySelectorAll('[data-of][data-state="under way"]')) came(row.dataset.of, "not checked");
    say(part("said"), inWords(trouble), true);
  }
  part("progress").hidden = true;
  button.textContent = "Check again";
  button.disabled = false;
  part("said").focus();
}

const UNREADABLE = new Set(["malformed", "not-canonical", "not-an-element", "failed"]);

async function opened(file) {
  const place = part("opened-said");
  try {
    const { hash, votes } = await work("checkOpened", { election: asked, opening: (await file.text()).trim() });
    say(place, ["The ballot holds this:", ...choiceInWords(votes[0], names, ranked), `Its hash is ${hash}. It has to be the one that the device showed before it was asked to open the ballot.`]);
    place.className = "said";
  } catch (trouble) {
    place.className = "said";
    say(place, UNREADABLE.has(trouble.code)
      ? ["This file holds no opened ballot of this election, or it was changed since it was saved. Choose the file as the other device saved it. If it is that file, do not use that device, and tell your branch."]
      : inWords(trouble), true);
  }
}

say(part("said"), []);
part("begin").addEventListener("click", begin);
part("save-promise").addEventListener("click", () => {
  for (const { promise } of broken) save(`promise-election-${election}.txt`, promise);
});
part("find").querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const wanted = part("find").querySelector("input").value.replaceAll(/\s|=/g, "");
  const place = trackers.indexOf(wanted);
  part("found").textContent = place < 0
    ? "No ballot with this tracker is in the box. Is it written right? What was cast in the last minutes goes in with the next batch."
    : "Yes: it is in the box.";
});
part("opened").querySelector("input").addEventListener("change", ({ target }) => { if (target.files[0]) opened(target.files[0]); });
if (location.hash === "#now") begin();
