// What the voter chooses, read from the page: { votes, said }, votes as the booth takes them, and the same in
// words. Throws what is to be said where it is not filled in as the election allows.

import { Ranking } from "./ranking.js";

const refused = (words) => Object.assign(new Error(words), { said: [words] });

export function choosing(form) {
  const place = form.querySelector("[data-ranking]");
  return place ? ranked(form, place) : marked(form);
}

// A name among others in one line, in whichever direction it is written (U+2068 to U+2069).
const apart = (name) => `\u2068${name}\u2069`;

const BLANK = ["A blank ballot: you vote, and for nobody."];

// In words, for the votes of a question: what this page reads back, from here or from an opened ballot.
// `names`: of the answers, in their order.
export function inWords(votes, names, isRanked) {
  if (isRanked) {
    const order = names.map((name, at) => ({ name, rank: votes[at] })).filter(({ rank }) => rank > 0);
    order.sort((one, other) => one.rank - other.rank);
    const left = names.filter((_, at) => votes[at] === 0);
    if (!order.length) return BLANK;
    const said = order.map(({ name, rank }) => `${rank}. ${name}`);
    return left.length ? [...said, `Not ranked: ${left.map(apart).join(", ")}.`] : said;
  }
  const [blank, ...marks] = votes;
  const found = names.filter((_, at) => marks[at] === 1);
  return blank === 1 || !found.length ? BLANK : found.map((name) => `✓ ${name}`);
}

function ranked(form, place) {
  const blank = form.querySelector("[data-blank]");
  const ranking = new Ranking(place, () => { if (ranking.order.length) blank.checked = false; });
  blank.addEventListener("change", () => { if (blank.checked) ranking.clear(); });
  const names = [...ranking.all].map((one) => one.dataset.name);
  return {
    names,
    read() {
      const { order } = ranking;
      if (!order.length && !blank.checked) throw refused("You have ranked nobody. Tap a name, or choose the blank ballot.");
      const votes = names.map((_, at) => order.indexOf(at) + 1);
      return { votes, said: inWords(votes, names, true) };
    },
    clear() {
      ranking.clear();
      blank.checked = false;
    },
  };
}

function marked(form) {
  const blank = form.querySelector("[data-blank]");
  const boxes = [...form.querySelectorAll("[data-marks] input")];
  const most = Number(form.querySelector("[data-marks]").dataset.most);
  const names = boxes.map((one) => one.dataset.name);
  blank.addEventListener("change", () => { if (blank.checked) for (const one of boxes) one.checked = false; });
  for (const one of boxes) one.addEventListener("change", () => { if (one.checked) blank.checked = false; });
  return {
    names,
    read() {
      const count = boxes.filter((one) => one.checked).length;
      if (!count && !blank.checked) throw refused("You have marked nobody. Mark a name, or choose the blank ballot.");
      if (count > most) throw refused(`You have marked ${count}, and ${most} are allowed. Take ${count - most} away.`);
      const votes = [count ? 0 : 1, ...boxes.map((one) => (one.checked ? 1 : 0))];
      return { votes, said: inWords(votes, names, false) };
    },
    clear() {
      for (const one of [...boxes, blank]) one.checked = false;
    },
  };
}
