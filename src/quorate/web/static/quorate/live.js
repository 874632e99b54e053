// Three small comforts; every page works without them.
// A form with data-keep asks before text that was not handed in is left.
// A form with data-say shows the choice on its button: "Cast my vote: against".
// What scrolls inside itself can be reached by keyboard.

const unsaved = new Set();

for (const form of document.querySelectorAll("form[data-keep]")) {
  form.addEventListener("input", () => unsaved.add(form));
  form.addEventListener("submit", () => unsaved.delete(form));
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

function say(radio) {
  const form = radio.closest("form[data-say]");
  const words = radio.closest("label")?.querySelector("[data-word]");
  const button = form?.querySelector("button:not([name])");
  if (words && button) button.textContent = `${form.dataset.say}: ${words.textContent.toLowerCase()}`;
}
document.addEventListener("change", (event) => {
  if (event.target.type === "radio") say(event.target);
});
document.querySelectorAll("form[data-say] :checked").forEach(say);

for (const box of document.querySelectorAll(".text table, .scroll")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
