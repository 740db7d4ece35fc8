/**
 * Which windows of keywords stand often in packages: `node bench/frequent-windows.ts FILE...` reads
 * published packages and prints the lines of `src/inspect/search/prefilter/frequent-windows.ts`. Not a
 * test: answers do not depend on that list, only what they cost.
 */

import { readContainer } from '../src/formats/container.ts';
import { openFile } from '../src/host/open-file.ts';
import { RULES } from '../src/inspect/rule-set.ts';
import { SPELLING_SIGNS } from '../src/inspect/search/decode/spelled-text.ts';
import {
  allWindows,
  createLiteralTables,
  type Literal,
  windowAt,
} from '../src/inspect/search/prefilter/literal-tables.ts';
import { ANY_UNSEEN } from '../src/inspect/search/prefilter/unseen.ts';
import { unpack } from '../src/inspect/unpack/unpack.ts';
import { DEFAULT_UNPACK_LIMITS } from '../src/inspect/unpack/unpack-limits.ts';

/** In a million bytes. */
const FREQUENT = 10;
const WINDOW = 4;
const WINDOWS_IN_LINE = 22;

/** Each keyword once, whoever asks for it. */
function keywords(): readonly Literal[] {
  const texts = RULES.flatMap((rule) => {
    if (rule.kind === 'secret') return rule.keywords;
    return rule.kind === 'entry' ? (rule.words ?? []).filter((word) => word !== ANY_UNSEEN) : [];
  });
  const all = [...texts, ...SPELLING_SIGNS.map(({ text }) => text)].map((one) => one.toLowerCase());
  return [...new Set(all)].map((text) => ({ text, ignoreCase: true }));
}

function windowsOf({ text }: Literal): readonly number[] {
  const starts = Array.from({ length: text.length - WINDOW + 1 }, (_, start) => start);
  return starts.map((start) => windowAt(text, start));
}

/** Counts of windows, and all bytes that were looked at. */
async function count(paths: readonly string[], wanted: readonly number[]) {
  const counts = new Map(wanted.map((one) => [one, 0]));
  let bytes = 0;
  for (const path of paths) {
    const file = openFile(path);
    const parts = readContainer(file.source, { limits: DEFAULT_UNPACK_LIMITS, name: path });
    for await (const part of unpack(parts, DEFAULT_UNPACK_LIMITS, false)) {
      if (part.kind !== 'entry') continue;
      const content = Buffer.from(part.entry.content);
      bytes += content.length;
      for (let at = 0; at + WINDOW <= content.length; at += 1) {
        const word = (content.readUInt32LE(at) | 0x20202020) >>> 0;
        const before = counts.get(word);
        if (before !== undefined) counts.set(word, before + 1);
      }
    }
    file.close();
  }
  return { counts, bytes };
}

/** Those that literals are told by and that are frequent, until each with a rarer one is told by that. */
function choose(literals: readonly Literal[], rateOf: (window: string) => number): string[] {
  let chosen: string[] = [];
  for (;;) {
    const told = allWindows(createLiteralTables(literals, chosen));
    const fresh = told.flatMap(({ literal, start }) => {
      const { text = '' } = literals[literal] ?? {};
      const window = text.slice(start, start + WINDOW).toLowerCase();
      const isFrequent = text.length > WINDOW && rateOf(window) >= FREQUENT;
      return isFrequent && !chosen.includes(window) ? [window] : [];
    });
    if (fresh.length === 0) return chosen;
    chosen = [...chosen, ...new Set(fresh)].sort((left, right) => rateOf(left) - rateOf(right));
  }
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error(
    'expected packages (.tgz, .whl); those of `npm run precision` lie in .cache/precision',
  );
  process.exit(2);
}
const literals = keywords();
const { counts, bytes } = await count(paths, literals.flatMap(windowsOf));
const rateOf = (window: string) => ((counts.get(windowAt(window, 0)) ?? 0) / bytes) * 1e6;
const windows = choose(literals, rateOf);
for (let at = 0; at < windows.length; at += WINDOWS_IN_LINE) {
  console.log(JSON.stringify(windows.slice(at, at + WINDOWS_IN_LINE).join('')));
}
console.error(`${windows.length} windows of ${literals.length} keywords, ${bytes} bytes`);
