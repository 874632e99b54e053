// Shuffle algorithms (section 6): GenShuffle, GenShuffleProof, CheckShuffleProof and what they use. Names
// are the tables'. Lists count from 0 where the tables count from 1. What takes long is told to `turn`
// (progress.js).

import { number, sha256, sha256Hex } from "./bytes.js";
import { modulo, randomScalar } from "./groups/group.js";
import { NotAnElement } from "./refused.js";
import { randomBelow } from "./random.js";

// GenShuffle: e re-encrypted and put in a random order. r_prime and psi are secret.
export async function genShuffle(key, e, turn) {
  const psi = genPermutation(e.length);
  const r_prime = e.map(() => randomScalar(key.group));
  const again = [];
  for (const [i, one] of e.entries()) {
    again.push(reEncrypted(key, one, r_prime[i]));
    await turn();
  }
  return { e_prime: psi.map((j) => again[j]), r_prime, psi };
}

// GenPermutation: every order as likely as the others.
function genPermutation(N) {
  const psi = Array.from({ length: N }, (_, i) => i);
  for (let i = 0; i < N; i++) {
    const k = i + Number(randomBelow(BigInt(N - i)));
    [psi[i], psi[k]] = [psi[k], psi[i]];
  }
  return psi;
}

// GenReEncryption.
const reEncrypted = ({ group, y }, { alpha, beta }, r) => ({
  alpha: group.multiply(alpha, group.secretPower(group.g, r)),
  beta: group.multiply(beta, group.secretPower(y, r)),
});

// GenShuffleProof: { t, s, c, c_hat } as the tables have them, written as [t, s, c, c_hat].
export async function genShuffleProof(key, phi, e, { e_prime, r_prime, psi }, turn) {
  const { group, y } = key;
  const { g, q, multiply, divide, secretPower: power } = group;
  const N = e.length;
  const { h, hs } = generators(group, N);
  const { c, r } = permutationCommitment(group, psi, hs);
  await turn();
  const str_c = strC(group, e, e_prime, c);
  const u = challenges(group, N, `shuffle-challenges|${phi}|${str_c}`);
  const u_prime = psi.map((j) => u[j]);
  const { c_hat, r_hat } = await commitmentChain(group, h, u_prime, turn);
  const [w1, w2, w3, w4] = scalars(group, 4);
  const [w_hat, w_prime] = [scalars(group, N), scalars(group, N)];
  const before = [h, ...c_hat];
  let [t3, t41, t42, t_hat] = [power(g, w3), group.one, group.one, []];
  for (let i = 0; i < N; i++) {
    t3 = multiply(t3, power(hs[i], w_prime[i]));
    t41 = multiply(t41, power(e_prime[i].beta, w_prime[i]));
    t42 = multiply(t42, power(e_prime[i].alpha, w_prime[i]));
    t_hat.push(multiply(power(g, w_hat[i]), power(before[i], w_prime[i])));
    await turn();
  }
  const t = [power(g, w1), power(g, w2), t3, [divide(t41, power(y, w4)), divide(t42, power(g, w4))], t_hat];
  const challenge = challengeOf(key, phi, t, str_c, c_hat);
  const v = Array(N).fill(1n);
  for (let i = N - 2; i >= 0; i--) v[i] = (u_prime[i + 1] * v[i + 1]) % q;
  const opened = (nonce, secrets, factors) =>
    modulo(nonce + challenge * (secrets.reduce((sum, one, i) => sum + one * factors[i], 0n) % q), q);
  const s = [
    opened(w1, r, Array(N).fill(1n)),
    opened(w2, r_hat, v),
    opened(w3, r, u),
    opened(w4, r_prime, u),
    w_hat.map((w, i) => modulo(w + challenge * r_hat[i], q)),
    w_prime.map((w, i) => modulo(w + challenge * u_prime[i], q)),
  ];
  return [t, s, c, c_hat];
}

// CheckShuffleProof: whether e_prime is e, re-encrypted in another order.
export async function checkShuffleProof({ group, y }, phi, e, e_prime, [t, s, c, c_hat], turn) {
  const [t1, t2, t3, [t41, t42], t_hat] = t;
  const [s1, s2, s3, s4, s_hat, s_prime] = s;
  const N = e.length;
  if ([e_prime, t_hat, s_hat, s_prime, c, c_hat].some(({ length }) => length !== N)) return false;
  const { g, q, multiply, divide, power, product, equal } = group;
  const { h, hs } = generators(group, N);
  const str_c = strC(group, e, e_prime, c);
  const u = challenges(group, N, `shuffle-challenges|${phi}|${str_c}`);
  const challenge = challengeOf({ group, y }, phi, t, str_c, c_hat);
  const ones = Array(N).fill(1n);
  const of = (list, name) => list.map((one) => one[name]);
  // Whether `commitment` is base^-challenge times `rest`.
  const holds = (commitment, base, rest) => equal(multiply(commitment, power(base, challenge)), rest);
  const before = [h, ...c_hat];
  const chain = divide(before[N], power(h, u.reduce((total, one) => (total * one) % q, 1n)));
  const sums = [
    holds(t1, divide(product(c, ones), product(hs, ones)), power(g, s1)),
    holds(t2, chain, power(g, s2)),
    holds(t3, product(c, u), product([g, ...hs], [s3, ...s_prime])),
    holds(t41, product(of(e, "beta"), u), divide(product(of(e_prime, "beta"), s_prime), power(y, s4))),
    holds(t42, product(of(e, "alpha"), u), divide(product(of(e_prime, "alpha"), s_prime), power(g, s4))),
  ];
  if (sums.includes(false)) return false;
  for (let i = 0; i < N; i++) {
    if (!holds(t_hat[i], c_hat[i], product([g, before[i]], [s_hat[i], s_prime[i]]))) return false;
    await turn();
  }
  return true;
}

const scalars = (group, length) => Array.from({ length }, () => randomScalar(group));

// GenPermutationCommitment.
function permutationCommitment(group, psi, hs) {
  const r = scalars(group, psi.length);
  const c = [];
  for (const [i, j] of psi.entries()) c[j] = group.multiply(group.secretPower(group.g, r[j]), hs[i]);
  return { c, r };
}

// GenCommitmentChain.
async function commitmentChain(group, c0, u, turn) {
  const r_hat = scalars(group, u.length);
  const chain = [c0];
  for (const [i, r] of r_hat.entries()) {
    chain.push(group.multiply(group.secretPower(group.g, r), group.secretPower(chain[i], u[i])));
    await turn();
  }
  return { c_hat: chain.slice(1), r_hat };
}

// GetSecondaryGenerator, GetGenerators.
function generators(group, N) {
  const [h, ...hs] = Array.from({ length: N + 1 }, (_, i) => group.generator(i - 1));
  if (new Set([h, ...hs].map(group.write)).size !== N + 1) throw new NotAnElement(group.name); // never yet
  return { h, hs };
}

// GetNIZKPChallenges, GetNIZKPChallenge.
function challenges(group, N, S) {
  const H = sha256Hex(S);
  return Array.from({ length: N }, (_, i) => number(sha256(H + sha256Hex(String(i)))) % group.q);
}
function challengeOf({ group, y }, phi, [t1, t2, t3, t4, t_hat], str_c, c_hat) {
  const str_t = listed(group, [t1, t2, t3, ...t4]) + listed(group, t_hat);
  const str_y = str_c + listed(group, c_hat) + group.write(y);
  return number(sha256(`shuffle-challenge|${phi}|${str_t}${str_y}`)) % group.q;
}
const strC = (group, e, e_prime, c) =>
  listed(group, [...e, ...e_prime].flatMap(({ alpha, beta }) => [alpha, beta])) + listed(group, c);
// ⟦e⟧ and ⟦c⟧ (table 11): each element followed by a comma.
const listed = (group, elements) => elements.map((one) => `${group.write(one)},`).join("");
