/** JUnit XML: one suite a file, one case a finding; what counts is a failure. */
import type { Unread } from '../core/finding.ts';
import {
  countScan,
  listFiles,
  placeOf,
  type ScanFinding,
  type ScannedFile,
  type ScanReport,
  tellSuppression,
} from './scan-report.ts';

// What XML 1.0 has no way to say at all, and what would act on whoever looks at the file.
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * `text` for XML 1.0, as content or in an attribute. What no document may hold, or hides, stands as
 * `\u{...}`, and half of a surrogate pair as U+FFFD.
 */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(UNSAFE, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll(/[&<>"']/g, (one) => ENTITIES[one] ?? '');
}

/** The whole document, with a line end. A file without findings is one case that passed. */
export function formatJunit(report: ScanReport): string {
  const suites = Array.from(report.artifacts, suiteOf);
  const { serious, unread, suppressed } = countScan(report);
  const tests = suites.reduce((sum, one) => sum + one.tests, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="countersign scan" tests="${tests}" failures="${serious}" errors="${unread}" skipped="${suppressed}">`,
    ...suites.flatMap((one) => one.lines),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(file: ScannedFile): { readonly tests: number; readonly lines: readonly string[] } {
  const cases = [
    ...file.findings.map((one) => findingCase(file, one)),
    ...file.unread.map((one) => unreadCase(file, one)),
  ];
  if (cases.length === 0) cases.push(caseOf(file, 'inspected', null));
  const { serious, suppressed, unread } = countScan({
    schema: 'countersign/scan/v1',
    verdict: file.verdict,
    artifacts: listFiles([file]),
  });
  const counts = `tests="${cases.length}" failures="${serious}" errors="${unread}" skipped="${suppressed}"`;
  return {
    tests: cases.length,
    lines: [
      `  <testsuite name="${escapeXml(file.path)}" ${counts}>`,
      ...cases.flat(),
      '  </testsuite>',
    ],
  };
}

function caseOf(file: ScannedFile, name: string, inner: string | null): readonly string[] {
  const open = `    <testcase classname="${escapeXml(file.path)}" name="${escapeXml(name)}"`;
  return inner === null ? [`${open}/>`] : [`${open}>`, `      ${inner}`, '    </testcase>'];
}

function findingCase(file: ScannedFile, one: ScanFinding): readonly string[] {
  return caseOf(file, `${one.rule} ${placeOf(one)}`, outcomeOf(one));
}

function outcomeOf(one: ScanFinding): string {
  const said = escapeXml(`${one.effect} ${one.severity} ${one.confidence}: ${one.message}`);
  if (one.suppressed !== undefined) {
    return `<skipped message="${escapeXml(tellSuppression(one.suppressed))}"/>`;
  }
  if (one.effect === 'note') return `<system-out>${said}</system-out>`;
  const message = escapeXml(one.message);
  return `<failure type="${escapeXml(one.rule)}" message="${message}">${said}</failure>`;
}

function unreadCase(file: ScannedFile, { path, reason }: Unread): readonly string[] {
  return caseOf(file, `unread ${path}`, `<error type="unread" message="${escapeXml(reason)}"/>`);
}
