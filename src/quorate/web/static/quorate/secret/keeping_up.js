// A page of a ballot box that its reader leaves open: asks again what it says now, and puts in what has
// changed, but nothing under the reader's hands.

const EVERY = 15_000; // ms

const parts = [...document.querySelectorAll("[data-kept-up]")];
const { from } = parts.find((part) => part.dataset.from).dataset;
const read = (node) => node.textContent.replaceAll(/\s+/g, " ").trim();

async function look() {
  const answer = document.hidden ? null : await fetch(from, { cache: "no-store" }).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of parts) {
      const now = fresh.querySelector(`[data-kept-up="${part.dataset.keptUp}"]`);
      const held = part.contains(document.activeElement) || part.querySelector("details[open]");
      if (now && !held && read(now) !== read(part)) part.replaceChildren(...now.childNodes);
    }
  }
  setTimeout(look, EVERY);
}
setTimeout(look, EVERY);
