/** A report for tests of formats, with one of everything. */
import { listFiles, type ScanFinding, type ScanReport } from '../src/report/scan-report.ts';

/** A finding; `changes` replaces parts. */
export function sampleFinding(changes: Partial<ScanFinding> = {}): ScanFinding {
  return {
    rule: 'npm-token',
    category: 'secret',
    severity: 'critical',
    confidence: 'proven',
    effect: 'reject',
    path: 'dist/a.tgz!package/index js.js',
    line: 3,
    column: 14,
    message: 'npm access token npm_abcd... (40 characters): its checksum is right',
    fingerprint: 'npm-token:0123456789abcdef',
    ...changes,
  };
}

/** A rejected package with hostile names, a suppressed and an unread part, and a clean file. */
export function sampleReport(): ScanReport {
  const baseline = { kind: 'baseline', reason: 'a <test> key', who: 'alice', until: '2026-12-31' };
  return {
    schema: 'countersign/scan/v1',
    verdict: 'reject',
    artifacts: listFiles([
      {
        path: 'dist/a.tgz',
        sha256: 'a'.repeat(64),
        sizeBytes: 1234,
        verdict: 'reject',
        findings: [
          sampleFinding(),
          sampleFinding({ suppressed: { ...baseline, kind: 'baseline' }, line: 4 }),
          sampleFinding({ suppressed: { kind: 'marker', marker: 'gitleaks:allow' }, line: 5 }),
          sampleFinding({
            rule: 'nested-archive',
            category: 'content',
            severity: 'info',
            effect: 'note',
            path: 'dist/a.tgz!package/\u202e"&\u0001\ud800\ufffe.zip',
            line: null,
            column: null,
            message: 'is a zip container ]]> <b>',
            fingerprint: 'nested-archive:00',
          }),
        ],
        unread: [{ path: 'dist/a.tgz!x', reason: 'it cannot be read: <torn>' }],
      },
      {
        path: '/tmp/clean:1',
        sha256: null,
        sizeBytes: null,
        verdict: 'pass',
        findings: [],
        unread: [],
      },
    ]),
  };
}
