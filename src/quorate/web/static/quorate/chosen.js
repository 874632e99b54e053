// Whether a text that a device is asked to sign says what the form says, and nothing else.
//
// Of the server's answer only the salts are taken. Every field of the text is made here again from the
// form, as the server reads it (web/acting/filled.py), and compared. What a browser cannot make by
// itself, the number of a member who is called by name or a moment in another time zone, it asks.

import { commitment, hex, utf8 } from "./proof.js";

// What a form sends along that is no part of the act.
const ALONGSIDE = ["csrfmiddlewaretoken", "idempotency-key", "next", "filled", "at", "device", "signed", "filled_in"];
// What the fields of acts commit to that commit to no text.
const SEALED = { person: "sheet", choice: "choice", ballot: "choice", number: "choice" };
// What lies beside the record, which holds its SHA-256.
const BESIDE = ["shuffle", "decryption", "roll"];
const BLANK = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/; // as Python has it
const words = (text) => text.split(BLANK).filter(Boolean);
const broken = (text) => text.replaceAll("\r\n", "\n");
const parts = (text, by) => text.split(by).map((part) => part.trim()).filter(Boolean);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const DAY = 24 * 60 * 60 * 1000;

// The title that a text gets whose writer gave it none: its first heading, or its first words.
function titleFrom(text) {
  const heading = text.split("\n").find((line) => /^ {0,3}#{1,6}[ \t]/.test(line));
  if (heading) return heading;
  const line = words(text).join(" ");
  return [...line].length <= 60 ? line : [...line].slice(0, 60).join("").replace(/ [^ ]*$/, "");
}
const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");

// A ballot from one line, or from the ranks, the crosses or the points beside the candidates.
function ballotOf(left, typed, marks) {
  const marked = [...left].filter(([name, mark]) => /^ballot-\d+$/.test(name) && mark.trim());
  if (!marked.length) return typed.trim() === "blank" ? "" : typed.split(",").map((one) => one.trim()).join(",");
  for (const [name] of marked) left.delete(name);
  const given = marked.map(([name, mark]) => ({ candidate: Number(name.slice(7)), mark: Number(mark) }));
  if (marks === "points") {
    given.sort((one, other) => one.candidate - other.candidate);
    return given.flatMap(({ candidate, mark }) => Array(mark).fill(candidate)).join(",");
  }
  return given.sort((one, other) => one.mark - other.mark).map(({ candidate }) => candidate).join(",");
}

// Whether a value that stands in the text as it is, is what was typed or chosen.
function plain(field, value, typed, ask) {
  if (Array.isArray(value)) {
    const lines = parts(typed, value.every((one) => typeof one === "number") ? BLANK : /\r?\n/);
    return lines.length === value.length && value.every((one, at) => plain(field, one, lines[at], ask));
  }
  if (value === null) return !typed.trim();
  if (typeof value === "boolean") return ["yes", "on", "true", "1"].includes(typed) === value;
  if (typeof value === "number") {
    if (/^\s*\d+\s*$/.test(typed)) return Number(typed) === value;
    const away = Math.abs(new Date(typed.trim()) - value);
    if (away) ask.push(`${typed} is ${new Date(value).toLocaleString()} by this device’s clock`);
    return away <= 1.1 * DAY;
  }
  if (typeof value === "string") {
    if (value.trim() === broken(typed).trim()) return true;
    const named = field.startsWith("member") && /^m-[a-z0-9]+$/.test(value) && !/^\s*(m-.*)?$/.test(typed);
    if (named) ask.push(`“${typed.trim()}” is the member with the number ${value}`);
    return named;
  }
  if ("ranks" in value) {
    const [, weight = "1", ranks] = /^(?:(.*):)?([^:]*)$/.exec(typed);
    return same(value, { ranks: parts(ranks, ",").map(Number), weight: Number(weight) });
  }
  if ("numbers" in value) {
    const [, weight, numbers] = /^([^:]*):([^:]*)$/.exec(typed) ?? [];
    return same(value, { numbers: parts(numbers ?? "", ",").map(Number), weight: Number(weight) });
  }
  if (typed.startsWith("remove ")) return same(value, { path: typed.slice(7).trim(), value: null });
  const [, path, rule] = /^(.*?)=(.*)$/.exec(typed) ?? [];
  try {
    return same(value, { path: path.trim(), value: JSON.parse(rule) });
  } catch { // it is written as only the rulebook's format has it
    ask.push(`${typed} means ${value.path} = ${JSON.stringify(value.value)}`);
    return path !== undefined && path.trim() === value.path;
  }
}

// What differs, and what the person has to say, each in words. `text`: what is to be signed, `fields`:
// with its salts, as the server answered; then the form’s data, the act, who does it, when (ms), for
// which record, and how its ballots are marked.
export async function compared(text, fields, { data, act, by, at, origin, marks }) {
  const wrong = [], ask = [];
  const [kind, record, who, time, what, body, ...end] = text.split("\n");
  const recorded = JSON.parse(body);
  if (kind !== "quorate/act/1" || !same(end, [""]) || JSON.stringify(recorded) !== body) wrong.push("it is not written as acts are");
  if (record !== origin) wrong.push(`it is for the record “${record}”, and this browser signs for “${origin}”`);
  if (who !== by || time !== String(at)) wrong.push("it names another person or time");
  if (what !== act) wrong.push(`it is “${what}”, and you do “${act}”`);

  const given = [...data].filter(([name, value]) => !ALONGSIDE.includes(name) && typeof value === "string");
  const left = new Map(given);
  const take = (name) => { const value = left.get(name) ?? ""; left.delete(name); return value; };
  const committed = {
    text: (field, { text, title = "" }) => {
      const typed = broken(take(field)), titled = words(take(`${field}-title`)).join(" ");
      if (broken(text) !== typed) wrong.push(`${field}: it is another text`);
      const untitled = !titled && "words" in recorded; // the server makes a title of the text
      if (!untitled && words(title).join(" ") !== titled) wrong.push(`${field}: its title is “${title}”`);
      if (untitled && letters(title) !== letters(titleFrom(typed))) ask.push(`The text is called “${title}”`);
      if ("words" in recorded && recorded.words !== words(typed).length) wrong.push("it counts other words");
      return ["quorate/document/v1", JSON.stringify({ text, title: words(title).join(" ") })];
    },
    sheet: (field) => {
      const sheet = ["email", "name", "organisation"].map((one) => [one, words(take(`${field}-${one}`)).join(" ")]);
      return ["quorate/person/v1", JSON.stringify(Object.fromEntries(sheet.filter(([, said]) => said)))];
    },
    choice: (field, { salt }) => {
      const typed = take(field), own = take(`${field}-salt`).trim();
      if (own && own !== salt) wrong.push(`${field}: it has another salt`);
      return ["quorate/choice/v1", field === "ballot" ? ballotOf(left, typed, marks) : typed.trim()];
    },
  };
  for (const [field, value] of Object.entries(recorded)) {
    if (field === "words") continue; // compared with its text
    if (fields[field]?.salt) {
      const [domain, payload] = committed[SEALED[field] ?? "text"](field, fields[field]);
      if (value !== (await commitment(domain, fields[field].salt, utf8.encode(payload)))) wrong.push(`${field}: it is not what stands here`);
      continue;
    }
    // Who hands in the number of a lot types none: the rules take only the one that they committed to.
    if (act === "lots.hand_in" && field === "number" && !left.get(field)) continue;
    const typed = take(field);
    if (BESIDE.includes(field)) {
      const digest = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(typed))));
      if (value !== digest) wrong.push(`${field}: it is not what stands here`);
      continue;
    }
    if (!plain(field, value, typed, ask)) {
      wrong.push(`${field}: here stands “${typed}”, in the text ${JSON.stringify(value)}`);
    }
  }
  for (const [name, value] of left) {
    if (value.trim()) wrong.push(`${name} is missing from it`);
  }
  return { wrong, ask };
}
