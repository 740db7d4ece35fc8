import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { nodeCrypto } from '../host/node-crypto.ts';
import {
  CHALLENGE_KEY_BYTES,
  CHALLENGE_RANDOM_BYTES,
  createChallenge,
  readChallenge,
} from './challenge.ts';

const END = '2026-01-31T12:00:00.000Z';
const key = new Uint8Array(randomBytes(CHALLENGE_KEY_BYTES));
const make = (random = randomBytes(CHALLENGE_RANDOM_BYTES)) =>
  createChallenge(nodeCrypto, key, END, new Uint8Array(random));

test('a challenge says when it ends, to the process that made it', async () => {
  expect(await readChallenge(nodeCrypto, key, await make())).toBe(END);
  const other = new Uint8Array(randomBytes(CHALLENGE_KEY_BYTES));
  expect(await readChallenge(nodeCrypto, other, await make())).toBeNull();
});

test('no changed character and no guess is one', async () => {
  const challenge = await make();
  for (let at = 0; at < challenge.length; at += 1) {
    const changed = `${challenge.slice(0, at)}${challenge[at] === 'A' ? 'B' : 'A'}${challenge.slice(at + 1)}`;
    expect(await readChallenge(nodeCrypto, key, changed)).toBeNull();
  }
  for (const guess of [
    '',
    'guessed',
    challenge.slice(1),
    `${challenge}AAAA`,
    'A'.repeat(10_000),
    '\u0000',
  ]) {
    expect(await readChallenge(nodeCrypto, key, guess)).toBeNull();
  }
});
