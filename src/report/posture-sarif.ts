/** A posture report as SARIF 2.1.0 (OASIS): one run, with the rules that found something. */
import type { Finding } from '../core/finding.ts';
import type { PostureFinding } from '../posture/audit.ts';
import type { PostureReport } from '../posture/report.ts';
import type { PostureRule } from '../posture/rule.ts';
import { locate, SARIF_SCHEMA, SECURITY_SEVERITY, sentence } from './sarif.ts';

const LEVELS: Readonly<Record<Finding['severity'], 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** The document as a JSON value. A setting has no location. */
export function makePostureSarif(report: PostureReport, rules: readonly PostureRule[]) {
  const used = new Set(report.findings.map((one) => one.rule));
  const listed = rules.filter((rule) => used.has(rule.id));
  const ids = listed.map((rule) => rule.id);
  const { score, grade, risk } = report;
  return {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'countersign', rules: listed.map(describeRule) } },
        columnKind: 'unicodeCodePoints',
        invocations: [{ executionSuccessful: !used.has('workflow-unreadable') }],
        results: report.findings.map((one) => resultOf(one, ids.indexOf(one.rule))),
        properties: { score, grade, risk },
      },
    ],
  };
}

function describeRule(rule: PostureRule) {
  const { id, about, attack, mend, severity, area, confidence, incidents } = rule;
  return {
    id,
    shortDescription: { text: sentence(about) },
    fullDescription: { text: sentence(attack) },
    help: { text: `${sentence(attack)}\n\nWhat to do: ${sentence(mend)}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      confidence,
      severity,
      'security-severity': SECURITY_SEVERITY[severity],
      tags: ['security', 'publish-path', area, ...incidents],
    },
  };
}

function resultOf(one: PostureFinding, ruleIndex: number) {
  const { rule, message, mend, file, line, column, severity, confidence, evidence } = one;
  return {
    ruleId: rule,
    ruleIndex,
    // what nobody saw is no defect yet
    level: evidence === 'unverified' ? 'note' : LEVELS[severity],
    message: { text: `${sentence(message)} ${sentence(mend)}` },
    locations:
      file === null || line === null || column === null
        ? []
        : [locate(file, { startLine: line, startColumn: column })],
    partialFingerprints: { 'countersignPosture/v1': one.fingerprint },
    properties: { severity, confidence, evidence, onPublishPath: one.onPublishPath },
  };
}
