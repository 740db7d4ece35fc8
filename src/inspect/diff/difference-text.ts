/** The difference as people read it before they sign. */
import type { SummaryFile } from '../../core/artifact-summary.ts';
import { isCodeFile } from '../artifact/packed-tree.ts';
import type { FactChange, SummaryDifference } from './difference.ts';

/** Lines of one kind, beyond those that are never left out. */
const SHOWN = 12;
const VALUE_LENGTH = 120;
/** What runs on every machine that installs, and the ways in. */
export const RUNS = /^(?:scripts\.(?:pre|post)?(?:install|prepare)|scripts\.prepublish|gypfile)$/;
export const LOADS = /^(?:main|module|browser|exports|type|bin\..+|(?:console|gui)_scripts\..+)$/;
export const BRINGS =
  /^(?:dependencies|optionalDependencies|peerDependencies|bundle[d]?Dependencies)\./;

/**
 * In a few lines: counts, then what runs, what is loaded first and what is brought along, then what
 * the code can do now, all of it and file by file, then the files. Hooks, ways in and dependencies that come or go are never left out; of
 * files those come first that a payload would be. The first line is always there.
 */
export function describeDifference(difference: SummaryDifference): readonly string[] {
  const { added, removed, changed, facts, capabilities, lost, uses, sizeBytes } = difference;
  const never = facts.filter(isTold);
  const rest = facts.filter((one) => !isTold(one));
  const grown = changed.toSorted(
    (one, other) =>
      compareFiles(one.after, other.after, growth(one), growth(other)) ||
      order(one.after.place, other.after.place),
  );
  const fresh = added.toSorted(
    (one, other) =>
      compareFiles(one, other, one.sizeBytes, other.sizeBytes) || order(one.place, other.place),
  );
  return [
    `files + ${added.length}, - ${removed.length}, ~ ${changed.length}; ${sizeBytes.before} -> ${sizeBytes.after} bytes unpacked${difference.restChanged ? '; others differ too' : ''}`,
    ...never.map(describeFact),
    ...limited(rest.map(describeFact), 'facts'),
    ...capabilities.map((one) => `can now: ${one.id} (${one.place})`),
    ...lost.map((one) => `can no longer: ${one.id} (${one.place})`),
    ...limited(
      uses.filter((one) => !one.isNew).map((one) => `can now, ${one.place}: ${one.ids.join(', ')}`),
      'that can do more',
    ),
    ...limited(
      fresh.map(
        (one) => `+ ${one.place} (${one.sizeBytes} bytes${formOf(one)}${abilitiesOf(one)})`,
      ),
      'added',
    ),
    ...limited(
      removed.map((one) => `- ${one.place}`),
      'removed',
    ),
    ...limited(
      grown.map(({ before, after }) => `~ ${after.place}${changeOf(before, after)}`),
      'changed',
    ),
  ];
}

function isTold({ name, before, after }: FactChange): boolean {
  const comesOrGoes = before === null || after === null;
  return RUNS.test(name) || LOADS.test(name) || (BRINGS.test(name) && comesOrGoes);
}

type Changed = SummaryDifference['changed'][number];

function growth({ before, after }: Changed): number {
  return after.sizeBytes - before.sizeBytes;
}

/** Code for a processor before program text before all else, and of each the largest first. */
function compareFiles(one: SummaryFile, other: SummaryFile, size: number, otherSize: number) {
  return rankOf(one) - rankOf(other) || otherSize - size;
}

function rankOf(file: SummaryFile): number {
  if (file.form === 'native' || file.form === 'wasm') return 0;
  return isCodeFile(file) ? 1 : 2;
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function formOf({ form }: SummaryFile): string {
  if (form === 'native') return ', code for a processor';
  return form === 'wasm' ? ', WebAssembly' : '';
}

function abilitiesOf({ uses = [] }: SummaryFile): string {
  // the form of code for a processor says it already
  const told = uses.filter((id) => id !== 'native-code');
  return told.length === 0 ? '' : `, can: ${told.join(', ')}`;
}

function limited(lines: readonly string[], what: string): readonly string[] {
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `  and ${lines.length - SHOWN} more ${what}`];
}

function changeOf(before: SummaryFile, after: SummaryFile): string {
  const size = after.sizeBytes - before.sizeBytes;
  const mode =
    before.mode === after.mode
      ? ''
      : `, mode ${before.mode.toString(8)} -> ${after.mode.toString(8)}`;
  return ` (${size < 0 ? '-' : '+'}${Math.abs(size)} bytes${mode}${formOf(after)})`;
}

function describeFact({ name, before, after }: FactChange): string {
  const short = (text: string) =>
    text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH)}...` : text;
  if (before === null) return `+ ${name}: ${short(after ?? '')}`;
  if (after === null) return `- ${name}: ${short(before)}`;
  return `~ ${name}: ${short(before)} -> ${short(after)}`;
}
