/** What `scan` tells people: each finding with its line, then the count. */
import {
  allUnread,
  countScan,
  placeOf,
  type ScanFinding,
  type ScanReport,
  tellSuppression,
} from '../report/scan-report.ts';
import { type FoundLines, lineKey } from './found-line.ts';
import { escapeForTerminal, type Line } from './terminal.ts';

/** The lines of the whole report; `lines` holds those of the files that could be read again. */
export function scanProse(report: ScanReport, lines: FoundLines): readonly Line[] {
  const { files, serious, notes, suppressed, unread } = countScan(report);
  const isClean = serious === 0 && unread === 0;
  const counts = [
    serious === 1 ? '1 finding' : `${serious} findings`,
    `${notes} notes`,
    ...(suppressed === 0 ? [] : [`${suppressed} suppressed`]),
    `${unread} unread`,
  ];
  return [
    ...report.artifacts.told.flatMap((file) =>
      file.findings.flatMap((one) => findingLines(one, lines)),
    ),
    ...allUnread(report).map(
      (one): Line => ({ style: 'bad', text: `${one.path}: unread: ${one.reason}` }),
    ),
    {
      style: isClean ? 'good' : 'bad',
      text: `${files === 1 ? '1 file' : `${files} files`} inspected: ${counts.join(', ')}`,
    },
  ];
}

function findingLines(one: ScanFinding, lines: FoundLines): readonly Line[] {
  const said = `${one.effect} ${one.severity} ${one.rule}: ${one.message}`;
  if (one.suppressed !== undefined) {
    const why = tellSuppression(one.suppressed);
    return [{ style: 'dim', text: `${placeOf(one)}: suppressed (${why}) ${said}` }];
  }
  const style = one.effect === 'note' ? 'dim' : 'bad';
  return [{ style, text: `${placeOf(one)}: ${said}` }, ...excerptLines(one, lines)];
}

/** Escaped here already, because the caret stands under what is shown. */
function excerptLines(one: ScanFinding, lines: FoundLines): readonly Line[] {
  const excerpt = lines.get(lineKey(one))?.excerpt;
  if (excerpt === undefined || one.line === null) return [];
  const [lead, marked, tail] = [excerpt.lead, excerpt.marked, excerpt.tail].map(escapeForTerminal);
  const gutter = String(one.line).padStart(5);
  const under = `^${'~'.repeat(Math.max(0, (marked ?? '').length - 1))}`;
  return [
    `${gutter} | ${lead}${marked}${tail}`,
    `${' '.repeat(gutter.length)} | ${' '.repeat((lead ?? '').length)}${under}`,
  ];
}
