// What the pages of secret ballots say and save.

// Sentences in the place that is read out; `wrong`: something is not as it should be.
// What stands there already is not said again: whoever listens would hear it every time.
export function say(place, sentences, wrong = false) {
  if ([...place.children].map((one) => one.textContent).join("\n") !== sentences.join("\n")) {
    place.replaceChildren(...sentences.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  }
  place.classList.toggle("wrong", wrong);
  place.hidden = !sentences.length;
}

// A text as a file of the reader's own.
export function save(called, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  Object.assign(document.createElement("a"), { download: called, href }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

// How far a job is, in a <progress> that is shown while it lasts.
export function telling(bar) {
  return (stage, done, of) => {
    bar.hidden = false;
    Object.assign(bar, { value: done, max: Math.max(of, 1) });
  };
}

// Copies what a place shows, when a button is pressed; else it stands there to be copied by hand.
export function copying(button, place) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const words = button.textContent;
    await navigator.clipboard.writeText(place.textContent).then(
      () => { button.textContent = "Copied"; }, () => { button.textContent = "Copy it by hand"; });
    setTimeout(() => { button.textContent = words; }, 3000);
  });
}

// A moment (ms), in the organisation's time zone.
export function when(time, zone) {
  const wanted = { hour: "2-digit", minute: "2-digit", day: "numeric", month: "long" };
  try {
    return new Date(time).toLocaleString("en-GB", { ...wanted, timeZone: zone });
  } catch {
    return new Date(time).toLocaleString("en-GB", { ...wanted, timeZone: "UTC", timeZoneName: "short" });
  }
}
