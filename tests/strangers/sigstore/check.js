// Checks inclusion proofs with Sigstore's verifier, which nobody here wrote: on each line of the
// standard input one proof as JSON, on each line of the output "included" or why not. It knows
// nothing of Quorate.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { dirname, join } from "node:path";

const require = createRequire(join(process.argv[2], "package.json"));
// The package gives out what checks a whole bundle only: this is the part on Merkle trees.
const whole = dirname(require.resolve("@sigstore/verify"));
const { verifyMerkleInclusion } = require(join(whole, "tlog", "merkle.js"));

for await (const line of createInterface({ input: process.stdin })) {
  const proof = JSON.parse(line);
  const bytes = (text) => Buffer.from(text, "base64");
  const entry = {
    canonicalizedBody: bytes(proof.entry),
    inclusionProof: { logIndex: proof.index, hashes: proof.path.map(bytes) },
  };
  try {
    verifyMerkleInclusion(entry, { logSize: BigInt(proof.size), logHash: bytes(proof.root) });
    console.log("included");
  } catch (error) {
    console.log(error.message);
  }
}
