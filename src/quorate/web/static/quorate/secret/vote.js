// The voter's page: choose, check, cast. What is chosen never leaves this browser but encrypted; what is cast
// goes without a cookie, so that the server does not learn whose it is.

import { NotDone, ready, work } from "../../ballots/booth.js";
import { unable } from "../../ballots/able.js";
import { hex, utf8 } from "../proof.js";
import { cast } from "./casting.js";
import { choosing, inWords as choiceInWords } from "./choosing.js";
import * as mine from "./my_ballots.js";
import { headOnRecord, setupHead } from "./on_record.js";
import { keptKey, standsOnRoll, typedKey } from "./own_key.js";
import { readPromise } from "./promise.js";
import { save, say, telling, when } from "./saying.js";
import { mustKeep } from "./storing.js";
import { inWords, problem } from "./words.js";

const page = document.querySelector("[data-booth]");
const part = (name) => page.querySelector(`[data-${name}]`);
const { me, election, register, phi, roll, description, origin, key, entry, closes } = page.dataset;
const asked = JSON.parse(document.getElementById("asked").textContent);
const show = (name, shown) => { part(name).hidden = !shown; };

let voter = null; // { of, own }: whose key it is
let choice = null; // { votes, said }
let made = null; // the encrypted ballot that waits to be cast or opened
let ending = new AbortController(); // of the encrypting that is under way
let opening = ""; // the file of a ballot that was opened
let promised = ""; // for the ballot that was cast last

const form = part("choosing");
const choices = choosing(form);
const ranked = Boolean(form.querySelector("[data-ranking]"));

// One step of the page, its heading read out. With "" none.
function step(name, focus = true) {
  for (const one of page.querySelectorAll("[data-step]")) one.hidden = one.dataset.step !== name;
  const heading = page.querySelector(`[data-step="${name}"] h2`);
  if (heading && focus) heading.focus();
  if (heading && focus) scrollTo(0, 0);
}
const complain = (trouble) => {
  say(part("said"), inWords(trouble), true);
  show("bring", Boolean(trouble.bring));
  part("said").focus();
};

const ballots = () => ({ origin, election, me: voter.of.me });

// Before anything is chosen: the key is there and on the roll, and what is asked stands in the record.
async function prepare() {
  const head = await setupHead({ asked, description, roll });
  const [there] = await Promise.all([
    standsOnRoll({ register, roll, phi, credential: voter.own.credential }),
    headOnRecord({ election, entry, head, key, origin }),
  ]);
  if (!there) {
    throw me
      ? Object.assign(problem("The key that this browser holds is not on the roll of this election. If you have claimed another since, bring that one here."), { bring: true })
      : problem("The key of this code is not on the roll of this election. Is it typed right, and is it the one that you claimed last?");
  }
  ready();
}

// Where the page stands for whoever comes to it.
function begin(focus = false) {
  const way = mine.onItsWay(ballots());
  show("retry", Boolean(way));
  const last = mine.cast(ballots()).at(-1);
  show("cast-before", !way && Boolean(last?.promise));
  part("last-tracker").textContent = last?.tracker ?? "";
  if (way) {
    step("");
    return say(part("said"), ["A ballot of yours was on its way from this browser, and nobody knows yet whether it came. Cast it again: the very same ballot is sent, and it counts once."]);
  }
  step("choose", focus);
}

async function encrypt() {
  ending.abort();
  ending = new AbortController();
  const { signal } = ending;
  made = null;
  show("ready", false);
  show("encrypting", true);
  part("told").textContent = "";
  const bytes = { election: asked, uuid: phi, credential: voter.own.credential };
  try {
    const done = await work("encrypt", { ...bytes, votes: [choice.votes] }, { signal, tell: telling(part("progress")) });
    if ((await fingerprint(done.unsigned)) !== done.hash) throw new NotDone("failed", "another hash");
    made = { ...done, bytes };
    ready();
    part("hash").textContent = made.hash;
    show("ready", true);
    part("told").textContent = "Your ballot is encrypted. You can cast it now.";
  } catch (trouble) {
    if (signal.aborted) return;
    complain(trouble);
    step("choose", false);
  } finally {
    if (!signal.aborted) for (const name of ["encrypting", "progress"]) show(name, false);
  }
}

const digest = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text)));
const fingerprint = async (text) => btoa(String.fromCharCode(...(await digest(text)))).replace(/=+$/, "");

// The ballot whose hash was shown is signed and sent. What is sent is held against that hash by the page
// itself, and the promise that comes back against what was sent.
async function castIt() {
  const { unsigned, hash: shown, bytes } = made;
  const { ballot, tracker } = await work("sign", { ...bytes, unsigned });
  const signed = JSON.parse(ballot);
  if (signed.signature.hash !== shown || (await fingerprint(ballot)) !== tracker) throw new NotDone("failed", "another ballot");
  await mine.alone(ballots(), async () => {
    if (mine.onItsWay(ballots())) throw problem("Another ballot of yours is on its way from another tab of this browser. Load this page again, and see first what has become of it.");
    made = null;
    const way = { ballot, tracker, hash: hex(await digest(ballot)), sent: false };
    mine.keepOnItsWay(ballots(), way);
    if (mine.onItsWay(ballots())?.tracker !== tracker) throw new NotDone("failed", "nothing is kept here");
    await send(way);
  });
}

// The same ballot as was on its way.
async function castAgain() {
  await mine.alone(ballots(), async () => {
    const way = mine.onItsWay(ballots());
    if (way) await send(way);
    else begin(true); // another tab has done it
  });
}

async function send(way) {
  const tell = (words) => { say(part("said"), [words]); part("said").scrollIntoView({ block: "nearest" }); };
  tell("Your ballot is being cast …");
  mine.keepOnItsWay(ballots(), { ...way, sent: true });
  const answer = await cast(election, way.ballot, { uncertain: way.sent, tell });
  if (answer.taken !== null) return taken(way, answer.taken);
  if (answer.outside) mine.nothingOnItsWay(ballots());
  else if (answer.closed) mine.keepCast(ballots(), { ...way, promise: "" });
  const waits = Boolean(mine.onItsWay(ballots()));
  if (!answer.outside || answer.closed) step("");
  else step("choose", false);
  show("cast-before", false);
  show("retry", waits);
  complain(problem(...answer.said));
}

async function taken(way, promise) {
  let due;
  try {
    ({ due } = await readPromise(promise, { key, origin, election, hash: way.hash, closes }));
  } catch (trouble) {
    step("");
    show("retry", true);
    throw problem(`WRONG: the server has answered, and what it promises does not hold: ${trouble.message}. Cast the ballot again; if it stays so, tell your branch, and look whether the ballot is in the box.`);
  }
  promised = promise;
  const kept = keeping(() => mine.keepCast(ballots(), { ...way, promise }));
  show("retry", false);
  show("cast-before", false);
  say(part("said"), []);
  const earlier = mine.cast(ballots()).length > 1;
  say(part("done"), [
    `The server has taken your ballot. It goes into the box by ${when(due, page.dataset.zone)}: after that you can see it there.`,
    ...(kept ? [] : ["This browser has no room left to keep the promise: save it now, below, and note the tracker."]),
    ...(earlier ? ["It replaces the one that you cast before: only the last one counts."] : []),
  ]);
  part("tracker").textContent = way.tracker;
  forgetChoice();
  step("done");
}

// Whoever comes to this device next finds nothing of it in the page.
function forgetChoice() {
  choices.clear();
  choice = null;
  for (const name of ["choice", "opened-choice"]) say(part(name), []);
  for (const name of ["hash", "opened-hash"]) part(name).textContent = "";
}

// Whether there was room for it.
function keeping(what) {
  try {
    what();
    return true;
  } catch {
    return false;
  }
}

// Instead of being cast. It is forgotten here as a ballot, and never cast.
async function openIt() {
  const { hash, opening: file } = made;
  made = null;
  const found = await work("checkOpened", { election: asked, opening: file });
  if (found.hash !== hash) throw new NotDone("opened-otherwise", "");
  opening = file;
  say(part("opened-choice"), choiceInWords(found.votes[0], choices.names, ranked));
  part("opened-hash").textContent = hash;
  step("opened");
}

// What a press of a button does. While it is done no other does anything: a ballot that is being cast cannot
// be opened, nor the other way round.
function pressed(button, what) {
  button.addEventListener("click", async () => {
    if (button.disabled) return;
    const buttons = [...page.querySelectorAll("button")];
    for (const one of buttons) one.disabled = true;
    say(part("said"), []);
    try {
      await what();
    } catch (trouble) {
      complain(trouble);
    }
    for (const one of buttons) one.disabled = false;
  });
}

function goOn(event) {
  event.preventDefault();
  try {
    choice = choices.read();
  } catch (trouble) {
    part("fault").textContent = inWords(trouble).join(" ");
    return show("fault", true);
  }
  show("fault", false);
  show("cast-before", false);
  say(part("said"), []);
  say(part("choice"), choice.said);
  step("check");
  if (!ahead()) history.pushState(AHEAD, "");
  encrypt();
}

// The browser's own Back goes from the check to the choice, as the button does. The history holds no more than
// that.
const AHEAD = "ahead";
const ahead = () => history.state === AHEAD;
function back() {
  const at = page.querySelector("[data-step]:not([hidden])")?.dataset.step;
  if (part("back").disabled || (at !== "check" && at !== "opened")) return;
  ending.abort();
  made = null;
  step("choose");
}

// Another tab has cast, or is about to: what stands here must not be wrong by it.
function otherTab() {
  const last = mine.cast(ballots()).at(-1);
  const shown = page.querySelector('[data-step="done"]');
  if (!shown.hidden && last && last.tracker !== part("tracker").textContent) {
    say(part("done"), ["You have cast another ballot since, in another tab of this browser. That one counts, and no more the one below."], true);
  } else if (!page.querySelector('[data-step="choose"]').hidden || !part("retry").hidden) {
    say(part("said"), []);
    begin();
  }
}

async function start() {
  const missing = typeof Worker === "function" ? unable() : "no-workers";
  if (missing) throw new NotDone(missing, "");
  mustKeep();
  if (!me) {
    say(part("said"), []);
    return show("whose", true);
  }
  voter = keptKey(page.dataset);
  await comeIn();
}

async function comeIn(focus = false) {
  say(part("said"), ["This browser is looking for your key, and whether what is asked stands in the record …"]);
  await prepare();
  say(part("said"), []);
  show("whose", false);
  begin(focus);
  mine.watching(ballots(), otherTab);
}

form.addEventListener("submit", goOn);
part("whose").addEventListener("submit", (event) => event.preventDefault());
pressed(part("use-code"), async () => {
  voter = await typedKey(page.dataset, part("code").value);
  await comeIn(true);
  part("code").value = "";
});
pressed(part("cast"), async () => {
  if (!made) throw problem("This ballot cannot be cast any more. Go back, and choose again.");
  await castIt();
});
pressed(part("cast-again"), castAgain);
pressed(part("give-up"), async () => { mine.nothingOnItsWay(ballots()); begin(true); });
pressed(part("open"), openIt);
pressed(part("save-opened"), async () => save(`opened-ballot-${election}.json`, opening));
pressed(part("go-on"), async () => { opening = ""; step("check"); await encrypt(); });
pressed(part("save-promise"), async () => save(`promise-election-${election}.txt`, promised));
pressed(part("again"), async () => begin(true));
part("back").addEventListener("click", () => (ahead() ? history.back() : back()));
addEventListener("popstate", back);
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
start().catch(complain);
