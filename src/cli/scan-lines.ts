/** Reads again the lines in which secrets were found, for people to look at, masked. */
import type { InspectionLimits } from '../core/inspection-limits.ts';
import { readContainer } from '../formats/container.ts';
import { openFile } from '../host/open-file.ts';
import type { SecretRule } from '../inspect/rule.ts';
import { RULES } from '../inspect/rule-set.ts';
import { matchSecret } from '../inspect/search/secret-match.ts';
import { innerName, unpack } from '../inspect/unpack/unpack.ts';
import { unpackLimits } from '../inspect/unpack/unpack-limits.ts';
import { type Excerpt, makeExcerpt } from '../report/excerpt.ts';
import { findMarker } from '../report/inline-marker.ts';
import type { ScanFinding, ScannedFile } from '../report/scan-report.ts';
import { type FoundLine, type FoundLines, lineKey } from './found-line.ts';

/** Larger files are inspected, and their findings told without their lines. */
const FILE_MAX_BYTES = 256 * 1024 * 1024;
const UNPACKED_MAX_BYTES = 2048 * 1024 * 1024;

const SECRET_RULES: ReadonlyMap<string, SecretRule> = new Map(
  RULES.flatMap((rule) => (rule.kind === 'secret' ? [[rule.id, rule]] : [])),
);

/**
 * Reads `file` at `path` once more and takes the lines of its findings. Never throws: the findings
 * stand without their lines too, and what cannot be read was told by the inspection.
 */
export async function readFoundLines(
  path: string,
  file: ScannedFile,
  limits: InspectionLimits,
): Promise<FoundLines> {
  const lines = new Map<string, FoundLine>();
  const placed = file.findings.filter((one) => one.line !== null && one.path !== null);
  const wanted = new Map(Map.groupBy(placed, (one) => one.path ?? ''));
  if (wanted.size === 0 || (file.sizeBytes ?? 0) > FILE_MAX_BYTES) return lines;
  try {
    for await (const [inner, content] of contentsOf(path, file, wanted, limits)) {
      takeLines(content, wanted.get(inner) ?? [], lines);
      wanted.delete(inner);
      if (wanted.size === 0) break;
    }
  } catch {
    return lines;
  }
  return lines;
}

async function* contentsOf(
  path: string,
  file: ScannedFile,
  wanted: ReadonlyMap<string, unknown>,
  { unpackedBytes, ...rest }: InspectionLimits,
): AsyncGenerator<readonly [string, Buffer], void, undefined> {
  const limits = unpackLimits({
    ...rest,
    unpackedBytes: Math.min(unpackedBytes, UNPACKED_MAX_BYTES),
  });
  const { source, close } = openFile(path);
  try {
    if (wanted.has(file.path)) {
      const head = await source.read(0, Math.min(source.sizeBytes, limits.windowBytes));
      yield [file.path, Buffer.from(head)];
    }
    if (wanted.size === 0) return;
    const options = { limits, name: innerName(file.path) };
    for await (const part of unpack(readContainer(source, options), limits)) {
      if (part.kind !== 'entry') continue;
      const inner = `${file.path}!${part.outer}${part.entry.path}`;
      if (wanted.has(inner)) yield [inner, Buffer.from(part.entry.content)];
    }
  } finally {
    close();
  }
}

/** A finding with its offsets in the file; `end` is null where the secret is encoded. */
interface Spot {
  readonly finding: ScanFinding;
  readonly lineStart: number;
  readonly start: number;
  readonly shown: number;
  readonly end: number | null;
}

function takeLines(
  content: Buffer,
  findings: readonly ScanFinding[],
  lines: Map<string, FoundLine>,
): void {
  const sorted = findings.toSorted(
    (left, right) =>
      (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
  );
  const spots = locate(content, sorted);
  for (const [lineStart, ofLine] of Map.groupBy(spots, (one) => one.lineStart)) {
    const newline = content.indexOf(0x0a, lineStart);
    const bytes = content.subarray(lineStart, newline === -1 ? content.length : newline);
    // of UTF-16 and UTF-32 offsets mean other things; better no line than a secret shown
    if (bytes.includes(0)) continue;
    const line = bytes.toString('latin1');
    const marker = findMarker(line);
    let reached = 0;
    for (const spot of ofLine) {
      const excerpt = excerptOf(line, spot, reached);
      lines.set(lineKey(spot.finding), { excerpt, marker });
      reached = Math.max(reached, (spot.end ?? Number.POSITIVE_INFINITY) - lineStart);
    }
  }
}

/** One pass over the content for all findings, which are in order of place. */
function locate(content: Buffer, findings: readonly ScanFinding[]): readonly Spot[] {
  const spots: Spot[] = [];
  let line = 1;
  let lineStart = 0;
  let offset = 0;
  let column = 1;
  for (const finding of findings) {
    for (; line < (finding.line ?? 1); line += 1) {
      const newline = content.indexOf(0x0a, lineStart);
      if (newline === -1) return spots;
      lineStart = newline + 1;
      offset = lineStart;
      column = 1;
    }
    for (; column < (finding.column ?? 1) && offset < content.length; column += 1) {
      offset += 1;
      while (((content[offset] ?? 0) & 0xc0) === 0x80) offset += 1;
    }
    spots.push({ finding, lineStart, start: offset, ...extentOf(content, offset, finding) });
  }
  return spots;
}

/** How long the secret is, when its rule finds it where it was found; else nobody can say. */
function extentOf(content: Buffer, offset: number, finding: ScanFinding) {
  const rule = SECRET_RULES.get(finding.rule);
  const place = { offset, width: 1 as const, until: content.length };
  const found = rule === undefined ? null : matchSecret(rule, content, place);
  if (rule === undefined || found === null || found.escaped) return { shown: 0, end: null };
  // the same words as in the message, or it is another secret
  if (!finding.message.startsWith(`${found.shown}: `)) return { shown: 0, end: null };
  const shown = found.shown.lastIndexOf('... (') - rule.title.length - 1;
  return { shown: Math.min(shown, found.length), end: offset + found.length };
}

/** Up to `reached`, other secrets of the line may stand. */
function excerptOf(line: string, spot: Spot, reached: number): Excerpt {
  const within = (offset: number) => Math.min(offset - spot.lineStart, line.length);
  const start = within(spot.start);
  return makeExcerpt({
    line,
    start,
    shown: spot.shown,
    end: spot.end === null ? null : within(spot.end),
    masked: Math.min(reached, start),
  });
}
