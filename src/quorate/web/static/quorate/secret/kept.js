// The voting key that this browser holds for a member in a register: { credential, claim }. It never leaves
// the browser but as a code or file that its owner takes. `of`: { purpose, me }; the purpose names register
// and record. `claim`: the text that was handed in, "" where only the code is known.

const KIND = "quorate/voting-key/1";
const place = ({ purpose, me }) => `quorate/voting-key/${purpose}/${me}`;

// The members whose keys for this purpose lie here.
export const holders = (purpose) => Object.keys(localStorage)
  .filter((name) => name.startsWith(place({ purpose, me: "" })))
  .map((name) => name.slice(place({ purpose, me: "" }).length));
export const kept = (of) => JSON.parse(localStorage.getItem(place(of)) ?? "null");
export const keep = (of, own) => localStorage.setItem(place(of), JSON.stringify(own));
export const forget = (of) => localStorage.removeItem(place(of));

// A claim on its way: kept beside the one before until the server has answered, so that neither is lost.
export const keepNew = (of, fresh) => keep(of, { ...(kept(of) ?? {}), fresh });

// Which of both it is, by the claim that stands in the record.
export function settled(of, standing) {
  const own = kept(of);
  if (!own?.fresh) return own;
  const { fresh, ...before } = own;
  const now = fresh.claim === standing ? fresh : before;
  if (now.credential) keep(of, now);
  else forget(of);
  return now.credential ? now : null;
}

export const fileOf = ({ purpose, me }, { credential, claim }) =>
  `${JSON.stringify({ kind: KIND, for: purpose, voter: me, credential, claim })}\n`;

const refused = (words) => Object.assign(new Error(words), { said: [words] });

// What stands in such a file. Throws what is to be said.
export function readFile(text, { purpose, me }) {
  let read;
  try { read = JSON.parse(text); } catch { read = null; }
  if (read?.kind !== KIND || typeof read.credential !== "string" || typeof read.claim !== "string") {
    throw refused("This is not the file of a voting key, or it is damaged. Choose the one that you saved when you claimed it.");
  }
  if (read.for !== purpose) throw refused("This voting key is for other elections. Choose the file that you saved for these.");
  if (read.voter !== me) throw refused("This is somebody else’s voting key. Choose your own file.");
  return { credential: read.credential, claim: read.claim };
}
