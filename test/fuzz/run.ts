/**
 * `npm run fuzz -- [cases] [first case]`: a million broken inputs unless told otherwise, and a tenth
 * as many broken workflows.
 */
import { readFileSync } from 'node:fs';
import { runCases } from './cases.ts';
import { makeSeeds } from './seeds.ts';
import { runWorkflowCases } from './workflow-cases.ts';

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

const workflows = Math.ceil(cases / 10);
let audited = { read: 0, refused: 0, findings: 0, fixes: 0, slowestMs: 0, slowest: first };
for (let at = first; at < first + workflows; at += STEP) {
  const outcome = runWorkflowCases(at, Math.min(STEP, first + workflows - at));
  const isSlower = outcome.slowestMs > audited.slowestMs;
  audited = {
    read: audited.read + outcome.read,
    refused: audited.refused + outcome.refused,
    findings: audited.findings + outcome.findings,
    fixes: audited.fixes + outcome.fixes,
    slowestMs: Math.max(audited.slowestMs, outcome.slowestMs),
    slowest: isSlower ? outcome.slowest : audited.slowest,
  };
  process.stderr.write(`${audited.read + audited.refused} workflows\n`);
}
console.log(
  `${audited.read + audited.refused} workflows: ${audited.read} audited with ${audited.findings} findings and ` +
    `${audited.fixes} fixes, ${audited.refused} told to be unreadable, none crashed; ` +
    `slowest ${Math.round(audited.slowestMs)} ms (case ${audited.slowest})`,
);
