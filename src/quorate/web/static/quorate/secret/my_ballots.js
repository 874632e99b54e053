// What this browser keeps of the ballots that were cast from it: for each its tracker and the server's
// promise, in the order of casting; never what was chosen. A ballot on its way lies here, encrypted, until the
// server has answered, so that after a dead connection the very same one is cast again.
// `of`: { origin, election, me }.

const place = ({ origin, election, me }) => `quorate/ballots/${origin}/${election}/${me}`;
const read = (where, none) => JSON.parse(localStorage.getItem(where) ?? none);

// [{ tracker, hash, promise }]; `promise` is "" where the server never said whether it came.
export const cast = (of) => read(place(of), "[]");
// { ballot, tracker, hash, sent }, or null. `sent`: whether it may have come without our knowing.
export const onItsWay = (of) => read(`${place(of)}/way`, "null");

export const keepOnItsWay = (of, ballot) => localStorage.setItem(`${place(of)}/way`, JSON.stringify(ballot));
export const nothingOnItsWay = (of) => localStorage.removeItem(`${place(of)}/way`);

export function keepCast(of, { tracker, hash, promise }) {
  const others = cast(of).filter((one) => one.tracker !== tracker);
  nothingOnItsWay(of); // first: it makes room
  localStorage.setItem(place(of), JSON.stringify([...others, { tracker, hash, promise }]));
}

// Calls `changed` when another tab has cast, or is casting, for the same voter.
export function watching(of, changed) {
  addEventListener("storage", ({ key }) => { if (key === null || key.startsWith(place(of))) changed(); });
}

// One tab casts at a time; the others wait.
export const alone = (of, what) => (navigator.locks ? navigator.locks.request(place(of), what) : what());
