/** `npm run fuzz -- [cases] [first case]`: a million cases unless told otherwise. */
import { readFileSync } from 'node:fs';
import { runCases } from './cases.ts';
import { makeSeeds } from './seeds.ts';

const STEP = 10_000;
const cases = Number(process.argv[2] ?? 1_000_000);
const first = Number(process.argv[3] ?? 0);
const seeds = await makeSeeds();
const began = performance.now();
let read = 0;
let refused = 0;
let slowest = { slowestMs: 0, slowest: first };
for (let at = first; at < first + cases; at += STEP) {
  const outcome = await runCases(seeds, at, Math.min(STEP, first + cases - at));
  read += outcome.read;
  refused += outcome.refused;
  if (outcome.slowestMs > slowest.slowestMs) slowest = outcome;
  const seconds = Math.round((performance.now() - began) / 1000);
  const worst = `slowest ${Math.round(slowest.slowestMs)} ms (case ${slowest.slowest})`;
  process.stderr.write(`${read + refused} cases in ${seconds} s, ${read} read, ${worst}\n`);
}
const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0';
console.log(
  `${read + refused} cases: ${read} read, ${refused} refused, none crashed; ` +
    `slowest ${Math.round(slowest.slowestMs)} ms (case ${slowest.slowest}), ` +
    `peak memory ${Math.round(Number(peak) / 1024)} MB`,
);
