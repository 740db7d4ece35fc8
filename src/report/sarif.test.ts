import { describe, expect, test } from 'vitest';
import { checkSarif } from '../../test/sarif-check.ts';
import { sampleReport } from '../../test/scan-fixture.ts';
import { RULES } from '../inspect/rule-set.ts';
import { formatUri, makeSarif } from './sarif.ts';
import { listFiles } from './scan-report.ts';

const tool = { rules: RULES, ruleSet: '2026.1' };
const sarif = makeSarif(sampleReport(), tool);

test('a report fits what SARIF 2.1.0 requires, and one without anything too', () => {
  expect(checkSarif(sarif)).toEqual([]);
  const empty = { ...sampleReport(), artifacts: listFiles([]) };
  expect(checkSarif(makeSarif(empty, tool))).toEqual([]);
});

test('the check sees what is missing, unknown or out of range', () => {
  const [run] = sarif.runs;
  expect(checkSarif({ ...sarif, version: '2.1' })).not.toEqual([]);
  expect(checkSarif({ ...sarif, runs: [{ ...run, tool: {} }] })).not.toEqual([]);
  expect(checkSarif({ ...sarif, runs: [{ ...run, extra: 1 }] })).not.toEqual([]);
  const results = [{ message: { text: 'x' }, ruleIndex: 99, level: 'fatal' }];
  expect(checkSarif({ ...sarif, runs: [{ ...run, results }] })).toHaveLength(2);
});

test('a finding has rule, level, place, fingerprint and what is known about it', () => {
  expect(sarif.runs[0]?.results[0]).toMatchInlineSnapshot(`
    {
      "level": "error",
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "dist/a.tgz!package/index%20js.js",
            },
            "region": {
              "startColumn": 14,
              "startLine": 3,
            },
          },
        },
      ],
      "message": {
        "text": "npm access token npm_abcd... (40 characters): its checksum is right",
      },
      "partialFingerprints": {
        "countersign/v1": "npm-token:0123456789abcdef",
      },
      "properties": {
        "category": "secret",
        "confidence": "proven",
        "effect": "reject",
        "severity": "critical",
      },
      "ruleId": "npm-token",
      "ruleIndex": 1,
      "suppressions": [],
    }
  `);
});

test('a suppressed finding is a result that says why, and others say that they are not', () => {
  expect(sarif.runs[0]?.results.map((one) => one.suppressions)).toEqual([
    [],
    [
      {
        kind: 'external',
        status: 'accepted',
        justification: 'baseline, alice until 2026-12-31: a <test> key',
      },
    ],
    [{ kind: 'inSource', status: 'accepted', justification: 'marker gitleaks:allow' }],
    [],
  ]);
});

test('an unread part is a failed run with a notification', () => {
  expect(sarif.runs[0]?.invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: 'unread: it cannot be read: <torn>' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'dist/a.tgz!x' } } }],
        },
      ],
    },
  ]);
});

test('the rules that found something are described', () => {
  const [, described] = sarif.runs[0]?.tool.driver.rules ?? [];
  expect(described).toMatchObject({
    id: 'npm-token',
    shortDescription: { text: expect.stringMatching(/\.$/) },
    fullDescription: { text: expect.stringMatching(/\.$/) },
    help: { text: expect.stringContaining('What to do: ') },
    defaultConfiguration: { level: 'error' },
    properties: { confidence: 'proven', severity: 'critical' },
  });
});

describe('a path becomes a URI', () => {
  test.each([
    ['dist/a b.tgz!package/é#1?.js', 'dist/a%20b.tgz!package/%C3%A9%231%3F.js'],
    ['c:d', 'c%3Ad'],
    ['/tmp/x', 'file:///tmp/x'],
    ['//host/x', 'file:///host/x'],
    ['100%\n\u202e', '100%25%0A%E2%80%AE'],
    ['\ud800', '%EF%BF%BD'],
  ])('%j', (path, uri) => {
    expect(formatUri(path)).toBe(uri);
  });
});
