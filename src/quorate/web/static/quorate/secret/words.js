// What the booth's refusals (static/ballots) mean, for whoever meets them, and what to do next. The key is
// the code; tests hold the table against the codes that the modules throw.

const NOTHING_DONE = "Nothing was handed in.";
const BROWSER = `Use a newer browser, or another device. ${NOTHING_DONE}`;
const TELL = "Go no further with it. Tell your branch, and another trustee.";
const ARCHIVE = `The ballot box is not as it has to be, or was damaged on its way. Load the page again. If it stays so, tell your branch: somebody may have changed it.`;

export const WORDS = {
  // The browser
  "no-secure-context": `This page did not come over a secure connection (https), so the browser will not encrypt. Open it by the address that your organisation has published. ${NOTHING_DONE}`,
  "no-bigint": `This browser is too old: it cannot do arithmetic with large numbers. ${BROWSER}`,
  "no-random": `This browser gives no numbers that nobody can guess, and no key is made without them. ${BROWSER}`,
  "no-cipher": `This browser cannot encrypt. ${BROWSER}`,
  "no-workers": `This browser cannot work in the background, as encrypting needs. ${BROWSER}`,
  "not-loaded": `A part of this page could not be loaded. Is the connection there? Load the page again. ${NOTHING_DONE}`,
  cancelled: `It was stopped. ${NOTHING_DONE}`,
  failed: `Something went wrong in this browser. Load the page again; if a file was chosen, choose it anew. ${NOTHING_DONE}`,

  // Voters
  "not-a-credential": "This is not the code of a voting key. It has 22 letters and digits, in groups of 5, 6, 5 and 6: look whether one was left out. Capitals and small letters differ.",
  "another-credential": "This ballot was made for another voting key. Begin again with the key that this browser holds.",
  "vote-not-allowed": "The ballot is not filled in as this election allows. Go back, and look at what is marked.",
  "opened-otherwise": "The ballot does not hold what it says. Do not use the device on which it was made, and tell your branch.",

  // Trustees
  "not-a-trustee-file": "This is not a trustee’s key file, or it is damaged. Choose the file that you saved when you made your key.",
  "another-file": "This key file is for another register. Choose the one that you saved for this one.",
  "another-key": "This is the key file of another trustee, or of a key that you made earlier. Choose your latest one for this register.",
  "bad-trustees": `What the trustees have sent each other does not fit together. ${TELL}`,
  "not-for-us": `Something that was sent to you is not encrypted for your key, or was changed on its way. ${TELL}`,
  "bad-register": `The register that the server has sent does not hold: somebody may have changed it. Nothing was mixed or decrypted. ${TELL}`,
  "another-head": `The server has sent something else than the record says. Nothing was decrypted. ${TELL}`,
  "too-few-claims": "So few keys were claimed that one could see whose is whose. Nothing was mixed or decrypted.",
  "too-few-ballots": "So few ballots count that opening them could show how somebody voted. Nothing was decrypted.",
  "not-yet": "It is not time for this yet. The page goes on by itself when it is.",

  // What is checked
  "another-box": `The ballot box that the server has sent is not the one that the record names. ${TELL}`,
  "invalid-ballot": `The proof of a ballot, or of a claim, does not hold. ${TELL}`,
  ballot: `A ballot in the box does not hold. ${TELL}`,
  roll: `The box has a ballot of a key that is not on the roll. ${TELL}`,
  trustees: `The election’s key is not that of its trustees. ${TELL}`,
  tally: `The tally does not follow from the ballots. ${TELL}`,
  shuffle: `A shuffle does not hold: somebody may have changed or replaced ballots. ${TELL}`,
  decryption: `The proof of a decryption does not hold. ${TELL}`,
  result: `The result does not follow from what was decrypted. ${TELL}`,
  election: ARCHIVE,
  malformed: `Something is not written as it has to be, or was damaged on its way. Load the page again. If it stays so, tell your branch. ${NOTHING_DONE}`,
  "not-canonical": `Something is not written as it has to be, or was damaged on its way. Load the page again. If it stays so, tell your branch. ${NOTHING_DONE}`,
  "not-an-element": `Something is no key, or was damaged on its way. Load the page again. If it stays so, tell your branch. ${NOTHING_DONE}`,
  "archive-form": ARCHIVE,
  "archive-chain": ARCHIVE,
  "archive-order": ARCHIVE,
  "archive-payload": ARCHIVE,
  "archive-repeated": ARCHIVE,
  "archive-canonical": ARCHIVE,
};

// Why the box does not take a ballot, by the kind that the server gives (ballots/door.py).
const NOT_CAST = "This ballot was not cast.";
const ANEW = `${NOT_CAST} Load the page again, and make a new one. If that does not help, tell your branch.`;
export const DOOR = {
  length: `The ballot is longer than any of this election. ${ANEW}`,
  form: `The ballot is not written as this election asks for it. ${ANEW}`,
  election: `The ballot is for another election. ${ANEW}`,
  roll: `The key that this browser holds is not on the roll of this election. ${NOT_CAST} Have you claimed another key since, on another device? Bring that one here.`,
  repeated: "The server says that it has this very ballot already, and gives no promise for it, as it should. Cast it again: it counts once. If it stays so, tell your branch, and look whether the ballot is in the box.",
  "too many": `You have cast as many ballots with this key as one voter can. ${NOT_CAST} The last one that you cast counts.`,
  signature: `The ballot is not signed as it has to be. ${ANEW}`,
  proofs: `The ballot does not prove that it is filled in as this election allows. ${ANEW}`,
};

// An error that says it in these sentences.
export const problem = (...said) => Object.assign(new Error(said.join(" ")), { said });

// The sentences for an error: of the booth, of a page's own script, or of the network.
export function inWords(trouble) {
  if (trouble.said) return trouble.said;
  if (trouble.name === "NotReadableError" || trouble.name === "NotFoundError") {
    return ["The file cannot be read any more. Choose it again."];
  }
  if (trouble.name === "QuotaExceededError") {
    return ["This browser has no room left to keep what belongs to your vote, so nothing was sent. Make room on this device, or use another browser; then load the page again."];
  }
  return [WORDS[trouble.code] ?? WORDS.failed];
}
