// Candidates put in an order: by tapping, by buttons, by the arrow keys, by dragging. Each move is told to
// whoever listens. `place`: the element with the two lists, [data-ranked] and [data-unranked], the places
// for words, [data-none] and [data-moved]; each candidate is an <li> with data-answer and data-name.

export class Ranking {
  constructor(place, changed) {
    const of = (name) => place.querySelector(`[data-${name}]`);
    Object.assign(this, { ranked: of("ranked"), unranked: of("unranked"), none: of("none"), moved: of("moved") });
    this.all = [...this.unranked.children];
    for (const one of this.all) this.equip(one);
    this.number();
    this.changed = changed;
  }

  // The answers' numbers from 0, in the voter's order.
  get order() {
    return [...this.ranked.children].map((one) => Number(one.dataset.answer));
  }

  clear() {
    for (const one of this.all) this.unranked.append(one);
    this.number();
  }

  // The buttons of a candidate, of which those are shown that fit where it stands.
  equip(one) {
    const { name } = one.dataset;
    const button = (what, sign, words, press) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: `quiet ${what}` });
      const seen = unheard(sign);
      const heard = Object.assign(document.createElement("span"), { textContent: words, className: "unseen" });
      made.append(seen, heard);
      made.addEventListener("click", press);
      one.append(made);
      return made;
    };
    const handle = unheard("⠿");
    handle.className = "handle";
    one.prepend(handle);
    handle.addEventListener("pointerdown", (event) => this.drag(one, handle, event));
    button("up", "↑", `Move ${name} up`, () => this.move(one, -1));
    button("down", "↓", `Move ${name} down`, () => this.move(one, 1));
    button("out", "✕", `Take ${name} out of your order`, () => this.out(one));
    button("in", "Rank next", `Rank next: ${name}`, () => this.in(one));
    one.querySelector(".who").addEventListener("click", () => { if (one.parentElement === this.unranked) this.in(one); });
    one.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || one.parentElement !== this.ranked) return;
      event.preventDefault();
      this.move(one, by);
    });
  }

  in(one) {
    const after = one.nextElementSibling ?? one.previousElementSibling;
    this.ranked.append(one);
    this.number();
    this.tell(`${one.dataset.name} is now ${this.where(one)}.`);
    (after ?? one).querySelector(after ? ".in" : ".up").focus();
  }

  out(one) {
    const after = one.nextElementSibling ?? one.previousElementSibling;
    const before = this.all.filter((other) => other.parentElement === this.unranked);
    const next = before.find((other) => Number(other.dataset.answer) > Number(one.dataset.answer));
    this.unranked.insertBefore(one, next ?? null); // where it stood at first
    this.number();
    this.tell(`${one.dataset.name} is not ranked.`);
    (after ?? one).querySelector(after ? ".out" : ".in").focus();
  }

  move(one, by) {
    const other = by < 0 ? one.previousElementSibling : one.nextElementSibling;
    if (!other) return this.tell(`${one.dataset.name} is ${by < 0 ? "first" : "last"} already.`);
    this.past(one, other, by);
    this.tell(`${one.dataset.name} is now ${this.where(one)}.`);
  }

  // The neighbour is what is moved: the candidate keeps the focus, and the pointer that drags it.
  past(one, neighbour, by) {
    if (by < 0) one.after(neighbour);
    else one.before(neighbour);
    this.number();
  }

  // While the pointer is down, the candidate goes where it is.
  drag(one, handle, event) {
    if (event.button !== 0 || one.parentElement !== this.ranked) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    one.classList.add("dragged");
    const follow = ({ clientY }) => {
      if (clientY < 80) scrollBy(0, -12);
      if (clientY > innerHeight - 80) scrollBy(0, 12);
      const middle = (other) => { const { top, height } = other.getBoundingClientRect(); return top + height / 2; };
      const { previousElementSibling: before, nextElementSibling: after } = one;
      if (before && clientY < middle(before)) this.past(one, before, -1);
      else if (after && clientY > middle(after)) this.past(one, after, 1);
    };
    const end = () => {
      handle.removeEventListener("pointermove", follow);
      one.classList.remove("dragged");
      this.tell(`${one.dataset.name} is now ${this.where(one)}.`);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", end, { once: true });
  }

  where(one) {
    const { length } = this.ranked.children;
    return `number ${[...this.ranked.children].indexOf(one) + 1} of ${length}`;
  }

  number() {
    this.none.hidden = this.ranked.children.length > 0;
    this.changed?.();
  }

  tell(words) {
    this.moved.textContent = words;
  }
}

// A sign for whoever sees it only.
function unheard(sign) {
  const made = Object.assign(document.createElement("span"), { textContent: sign });
  made.setAttribute("aria-hidden", "true");
  return made;
}
