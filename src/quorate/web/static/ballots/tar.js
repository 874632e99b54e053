// The old-style tar that an archive is (section 4.4): records one after the other, no end blocks. Of a
// header only name, mode, owner, size, time, checksum and type are used; the rest is NUL, and so is what
// fills the last block of a body.

import { same, utf8 } from "./bytes.js";
import { Refused } from "./refused.js";

const BLOCK = 512;
const bad = (why) => new Refused("archive-form", why);
const octal = (number, digits) => number.toString(8).padStart(digits, "0");
const isNul = (bytes) => bytes.every((byte) => byte === 0);

// The records of an archive, { name, time, body }, each held against what would be written for it.
export function* read(data) {
  let from = 0;
  for (let number = 1; from < data.length; number++) {
    const block = data.subarray(from, from + BLOCK);
    if (block.length < BLOCK) throw bad(`record ${number} breaks off`);
    const field = (start, end) => String.fromCharCode(...block.subarray(start, end));
    const [name, size, time] = [field(0, 100).replace(/\0+$/, ""), parsed(field(124, 135)), parsed(field(136, 147))];
    if (Number.isNaN(size + time) || !same(block, header(name, size, time))) {
      throw bad(`record ${number}: the header is not as it would be written`);
    }
    const body = data.subarray(from + BLOCK, from + BLOCK + size);
    const end = from + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (end > data.length) throw bad(`record ${number} (${name}) breaks off`);
    if (!isNul(data.subarray(from + BLOCK + size, end))) {
      throw bad(`record ${number} (${name}): what fills its last block is not NUL`);
    }
    yield { name, time, body };
    from = end;
  }
}
const parsed = (digits) => (/^[0-7]{11}$/.test(digits) ? parseInt(digits, 8) : NaN);

function header(name, size, time) {
  const block = new Uint8Array(BLOCK);
  const put = (start, written) => block.set(utf8(written), start);
  put(0, name.slice(0, 100));
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, octal(size, 11));
  put(136, octal(time, 11));
  put(148, " ".repeat(8));
  put(156, "0");
  put(148, `${octal(block.reduce((sum, byte) => sum + byte, 0), 6)}\0 `);
  return block;
}
