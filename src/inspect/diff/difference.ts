/** The structured difference of two summaries: what people read before they sign. */
import type { ArtifactSummary, SummaryFile } from '../../core/artifact-summary.ts';

/** Null on the side where there is nothing. */
export interface FactChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Deterministic: every list in order of place, name or id. */
export interface SummaryDifference {
  readonly added: readonly SummaryFile[];
  readonly removed: readonly SummaryFile[];
  /** Other bytes or another mode. */
  readonly changed: readonly { readonly before: SummaryFile; readonly after: SummaryFile }[];
  /** Whether the files beyond the bound of a summary differ; which of them nobody can tell. */
  readonly restChanged: boolean;
  readonly facts: readonly FactChange[];
  readonly capabilities: readonly { readonly id: string; readonly place: string }[];
  readonly sizeBytes: { readonly before: number; readonly after: number };
}

/** What `after` has that `before` had not, and the other way round. */
export function compareSummaries(
  before: ArtifactSummary,
  after: ArtifactSummary,
): SummaryDifference {
  const old = new Map(before.files.map((one) => [one.place, one]));
  const fresh = new Map(after.files.map((one) => [one.place, one]));
  const known = new Set(before.capabilities.map((one) => one.id));
  return {
    added: [...fresh.values()].filter((one) => !old.has(one.place)),
    removed: [...old.values()].filter((one) => !fresh.has(one.place)),
    changed: [...fresh.values()].flatMap((one) => {
      const other = old.get(one.place);
      const isSame =
        other === undefined || (other.sha256 === one.sha256 && other.mode === one.mode);
      return isSame ? [] : [{ before: other, after: one }];
    }),
    restChanged: before.rest?.sha256 !== after.rest?.sha256,
    facts: compareFacts(before, after),
    capabilities: after.capabilities.filter((one) => !known.has(one.id)),
    sizeBytes: { before: before.sizeBytes, after: after.sizeBytes },
  };
}

function compareFacts(before: ArtifactSummary, after: ArtifactSummary): readonly FactChange[] {
  const old = new Map(before.facts.map((one) => [one.name, one.value]));
  const fresh = new Map(after.facts.map((one) => [one.name, one.value]));
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((name) => {
    const change = { name, before: old.get(name) ?? null, after: fresh.get(name) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

/** The difference in a few lines for a terminal: counts, then what runs or loads, then capabilities.
 * The first line is always there. */
export function describeDifference(difference: SummaryDifference): readonly string[] {
  const { added, removed, changed, facts, capabilities, sizeBytes } = difference;
  return [
    `files + ${added.length}, - ${removed.length}, ~ ${changed.length}; ${sizeBytes.before} -> ${sizeBytes.after} bytes unpacked${difference.restChanged ? '; others differ too' : ''}`,
    ...limited(
      added.map((one) => `+ ${one.place} (${one.sizeBytes} bytes)`),
      'added',
    ),
    ...limited(
      removed.map((one) => `- ${one.place}`),
      'removed',
    ),
    ...limited(
      changed.map(({ before, after }) => `~ ${after.place}${changeOf(before, after)}`),
      'changed',
    ),
    ...limited(facts.map(describeFact), 'facts'),
    ...capabilities.map((one) => `can now: ${one.id} (${one.place})`),
  ];
}

const SHOWN = 12;

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
  return ` (${size < 0 ? '-' : '+'}${Math.abs(size)} bytes${mode})`;
}

function describeFact({ name, before, after }: FactChange): string {
  const short = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}...` : text);
  if (before === null) return `+ ${name}: ${short(after ?? '')}`;
  if (after === null) return `- ${name}: ${short(before)}`;
  return `~ ${name}: ${short(before)} -> ${short(after)}`;
}
