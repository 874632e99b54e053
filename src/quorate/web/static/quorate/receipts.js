// The receipts that this browser keeps, and what holding them against today's record shows.
//
// Whatever is done here leaves a receipt in this browser. The page "My receipts" checks each with
// proof.js: that it is of the entry under which it is kept, by this member, and of this act; that it
// stands in the record that the keeper signed then, and that today's record continues that one; and
// that the record's key is the one that this browser first saw, or one that it has followed from there.
// It also compares them with what the record says was done in the member's name.

import { changesIn, checkReceipt, continues, entryOf, keysFrom, openCheckpoint, readKey, Replaced, signedBy, Wrong } from "./proof.js";

const shelf = (me) => `quorate/receipts/${me}`;
const kept = (me) => JSON.parse(localStorage.getItem(shelf(me)) ?? "{}");

const SILENT = "the server does not answer";
const FULL = "This browser has no room for another receipt: keep this one as a file, by the link above. Then download those on My receipts, and forget them there.";
async function text(address) {
  const answer = await fetch(address, { cache: "no-store" }).catch(() => { throw new Wrong(SILENT); });
  if (!answer.ok) throw new Wrong(SILENT);
  return answer.text();
}

// What a receipt has to be of. `act`, `signature`: "" where this browser does not know.
function isOf(entry, { number, me, act = "", signature = "" }) {
  if (entry.seq !== number) throw new Wrong(`it is the receipt of entry ${entry.seq}`);
  if (entry.by !== me) throw new Wrong("it is of what somebody else did");
  if (act && entry.act !== act) throw new Wrong(`it is of another act, “${entry.act}”`);
  if (signature && entry.sig?.value !== signature) throw new Wrong("it is not of what this browser signed");
}

// What was handed in last in this tab, until its receipt is kept: { act, signature }, the signature if
// a device signed it.
const DOING = "quorate/doing";
document.addEventListener("submit", ({ target }) => {
  const [, act] = /^\/act\/([^/]+)\/?$/.exec(new URL(target.action).pathname) ?? [];
  if (act) doing(act);
}, true);

// For a script that hands in by itself, before it does so.
export const doing = (act) => sessionStorage.setItem(DOING, JSON.stringify({ act }));

// Throws Wrong unless the receipt proves something under the key that this browser knows: with any other nobody is
// convinced later. Whether to go on with a key that replaced it, My receipts asks.
async function proven(receipt) {
  const first = localStorage.getItem(place(localStorage.getItem(RECORD)));
  if (!first) return;
  const changes = changesIn(receipt);
  const keys = await keysFrom(first, changes.at(-1)?.new[0] ?? first, localStorage.getItem(RECORD), changes).catch((trouble) => {
    if (!(trouble instanceof Replaced)) throw trouble;
  });
  if (keys) await checkReceipt(receipt, keys);
}

// Keeps the receipt, and gives what is to be said of it. One that is kept is never put aside for
// another: it may be all that shows what stood there.
export async function keep(me, entry) {
  const receipt = await text(`/record/${entry}/receipt`);
  const read = await entryOf(receipt);
  await proven(receipt);
  const meant = sessionStorage.getItem(DOING);
  isOf(read, { number: Number(entry), me });
  const before = kept(me)[entry];
  if (before) {
    if (JSON.stringify(await entryOf(before)) !== JSON.stringify(read)) {
      throw new Wrong(`entry ${entry} is another than in the receipt that this browser has of it`);
    }
    return meant ? `This browser has the receipt of entry ${entry} already: nothing new was recorded. If you did something new, tell your branch.` : "";
  }
  isOf(read, { number: Number(entry), me, ...JSON.parse(meant ?? "{}") });
  localStorage.setItem(shelf(me), JSON.stringify({ ...kept(me), [entry]: receipt }));
  sessionStorage.removeItem(DOING);
  return "";
}

// The key that this browser knows signs for this record: the one that it saw first, or one that it has
// followed from there. Another is not taken for it, nor another record: under a new name any key would be the first.
const RECORD = "quorate/record";
const place = (name) => `quorate/key/${name}`;
const take = (key, name) => localStorage.setItem(place(name), key);
function meet({ key, origin }) {
  const first = localStorage.getItem(RECORD);
  if (first === origin) return;
  // A demo is nobody's: a browser that has known only a demo here begins anew with what comes after it.
  if (first !== null && !first.endsWith(".demo.invalid")) {
    throw new Wrong(`this server shows the record ${origin}, and when this browser first came it was ${first}`);
  }
  take(key, origin);
  localStorage.setItem(RECORD, origin);
}
export async function known({ key, origin }) {
  meet({ key, origin });
  const changes = JSON.parse(document.getElementById("key-changes").textContent);
  const keys = await keysFrom(localStorage.getItem(place(origin)) ?? key, key, origin, changes);
  take(key, origin);
  return keys;
}

// Whether today's checkpoint continues the one that was signed earlier. Throws Wrong.
export async function continuesInto(today, signed, asked) {
  const at = `/checkpoint/${signed.size}/${today.size}`;
  asked[at] ??= text(at).then((lines) => lines.split("\n").filter(Boolean)
    .map((line) => Uint8Array.from(atob(line), (letter) => letter.charCodeAt(0))));
  await continues(signed, today, await asked[at]);
}

export async function witnesses(list, note) {
  const found = new Set();
  for (const { name, key } of list) {
    const read = await readKey(key);
    if (read.type === 4 && (await signedBy(note, read))) found.add(name);
  }
  return [...found];
}

function put(place, words, wrong) {
  place.textContent = words;
  place.classList.toggle("wrong", Boolean(wrong));
}

async function check(page) {
  const { me } = page.dataset;
  const said = page.querySelector("[data-said]");
  const list = JSON.parse(document.getElementById("witnesses").textContent);
  try {
    const keys = await known(page.dataset);
    const today = await openCheckpoint(await text("/checkpoint"), keys);
    for (const { entry } of keys.followed) {
      const row = document.createElement("li");
      row.textContent = `The record’s key was changed at entry ${entry}. The one that this browser knew has signed that, so it goes on with the new one.`;
      page.querySelector("[data-missing]").append(row);
    }
    const asked = {};
    const checked = async (receipt, of) => {
      const { entry, signed } = await checkReceipt(receipt, keys);
      await continuesInto(today, signed, asked);
      isOf(entry, of);
    };
    const receipts = kept(me);
    let wrong = 0;
    const rows = [...page.querySelectorAll("[data-entry]")];
    const oldest = "more" in page.dataset ? Number(rows.at(-1).dataset.entry) : 0;
    for (const row of rows) {
      const place = row.querySelector("[data-checked]");
      const receipt = receipts[row.dataset.entry];
      if (!receipt) { put(place, "no receipt in this browser: was it you?"); continue; }
      try {
        await checked(receipt, { number: Number(row.dataset.entry), me, act: row.dataset.act });
        put(place, "checked: it stands in today’s record");
      } catch (trouble) {
        wrong += 1;
        put(place, `WRONG: ${trouble.message}`, true);
      }
      delete receipts[row.dataset.entry];
    }
    for (const [entry, receipt] of Object.entries(receipts)) {
      let trouble = "this browser has a receipt for it, and the record does not show it as yours any more";
      if (Number(entry) < oldest) { // the page lists the latest only
        trouble = await checked(receipt, { number: Number(entry), me }).then(() => "", (error) => `WRONG: ${error.message}`);
      }
      if (!trouble) continue;
      wrong += 1;
      const row = document.createElement("li");
      row.append(`Entry ${entry}: ${trouble}. Keep it: `);
      const link = Object.assign(document.createElement("a"), {
        textContent: "the receipt", download: `receipt-${entry}.txt`,
        href: URL.createObjectURL(new Blob([receipt], { type: "text/plain" })),
      });
      row.append(link);
      page.querySelector("[data-missing]").append(row);
    }
    const by = await witnesses(list, today.note);
    put(said, wrong
      ? `${wrong} of your receipts and this record contradict each other. Download your receipts, and take them to your branch and to a witness.`
      : `Checked on this device against today’s record of ${today.size.toLocaleString("en")} entries${by.length ? `, which ${by.join(", ")} cosigned` : ", which nobody but its keeper has signed so far"}.`, wrong);
  } catch (trouble) {
    page.querySelector("[data-take]").hidden = !(trouble instanceof Replaced);
    put(said, `WRONG: ${trouble.message}. Download your receipts, and tell your branch.`, true);
  }
}

function download(me) {
  const all = Object.values(kept(me)).join("\n");
  Object.assign(document.createElement("a"), {
    download: "receipts.txt", href: URL.createObjectURL(new Blob([all], { type: "text/plain" })),
  }).click();
}

// Keeps the receipt that a page gives; the first one says which record this browser knows from then on.
async function given({ me, receipt, key, origin }) {
  meet({ key, origin });
  return keep(me, receipt);
}
for (const done of document.querySelectorAll("[data-receipt]")) {
  given(done.dataset).catch((trouble) => (
    trouble.message === SILENT ? "" // My receipts asks for it
      : trouble.name === "QuotaExceededError" ? FULL
      : `The server gave no receipt of what you did: ${trouble.message}. It was not kept. Tell your branch.`
  )).then((words) => {
    if (words) done.append(Object.assign(document.createElement("p"), { className: "wrong", textContent: words }));
  });
}
const page = document.querySelector("[data-receipts]");
if (page) {
  page.querySelector("[data-download]").addEventListener("click", () => download(page.dataset.me));
  page.querySelector("[data-take] button").addEventListener("click", () => {
    if (confirm("Have you compared it with your branch, by another way than this server?")) {
      take(page.dataset.key, page.dataset.origin);
      location.reload();
    }
  });
  page.querySelector("[data-forget]").addEventListener("click", () => {
    if (confirm("Forget the receipts in this browser? Download them first.")) {
      localStorage.removeItem(shelf(page.dataset.me));
      location.reload();
    }
  });
  if (!globalThis.crypto?.subtle) put(page.querySelector("[data-said]"), "This browser cannot check receipts here. Download them, and use quorate receipt verify.", true);
  else check(page);
}
