/** SARIF 2.1.0 (OASIS): one run, with the rules that found something. */
import type { Confidence, Finding, Unread } from '../core/finding.ts';
import type { Rule } from '../inspect/rule.ts';
import {
  allFindings,
  allUnread,
  type ScanFinding,
  type ScannedFile,
  type ScanReport,
  type Suppression,
  surestOf,
  tellSuppression,
} from './scan-report.ts';

/** Of SARIF 2.1.0 with its errata. */
export const SARIF_SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** What the document says of the tool. */
export interface SarifTool {
  /** Every rule; those that found nothing are left out. */
  readonly rules: readonly Rule[];
  /** Names the set of rules. */
  readonly ruleSet: string;
}

type Level = 'error' | 'warning' | 'note';

const LEVELS: Readonly<Record<Finding['effect'], Level>> = {
  reject: 'error',
  hold: 'warning',
  note: 'note',
};

/** GitHub sorts by this: 0 to 10, as in CVSS. */
export const SECURITY_SEVERITY: Readonly<Record<Finding['severity'], string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

/** The document as a JSON value. */
export function makeSarif(report: ScanReport, tool: SarifTool) {
  const findings = allFindings(report);
  const unread = allUnread(report);
  const used = Map.groupBy(findings, (one) => one.rule);
  const ids = [...used.keys()].sort();
  const texts = new Map(tool.rules.map((rule) => [rule.id, rule]));
  const rules = ids.map((id) => describeRule(id, texts.get(id), used.get(id) ?? []));
  return {
    $schema: SARIF_SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'countersign', rules, properties: { ruleSet: tool.ruleSet } },
        },
        columnKind: 'unicodeCodePoints',
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map(notificationOf),
          },
        ],
        artifacts: Array.from(report.artifacts, artifactOf),
        results: findings.map((one) => resultOf(one, ids.indexOf(one.rule))),
      },
    ],
  };
}

function describeRule(id: string, rule: Rule | undefined, findings: readonly ScanFinding[]) {
  const confidence: Confidence = surestOf(findings.map((one) => one.confidence));
  if (rule === undefined) return { id, properties: { confidence } };
  const { about, attack, mend, severity, category } = rule;
  return {
    id,
    shortDescription: { text: sentence(about) },
    fullDescription: { text: sentence(attack) },
    help: { text: `${sentence(attack)}\n\nWhat to do: ${sentence(mend)}` },
    defaultConfiguration: { level: levelOf(rule) },
    properties: {
      confidence,
      severity,
      'security-severity': SECURITY_SEVERITY[severity],
      tags: ['security', category],
    },
  };
}

/** A clause as a sentence. */
export function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function levelOf(rule: Rule): Level {
  if (rule.kind === 'secret') return 'error';
  return rule.effect === 'indeterminate' ? 'warning' : LEVELS[rule.effect];
}

function artifactOf({ path, sha256, sizeBytes }: ScannedFile) {
  return {
    location: { uri: formatUri(path) },
    ...(sizeBytes === null ? {} : { length: sizeBytes }),
    ...(sha256 === null ? {} : { hashes: { 'sha-256': sha256 } }),
  };
}

function notificationOf({ path, reason }: Unread) {
  return { level: 'error', message: { text: `unread: ${reason}` }, locations: [locate(path)] };
}

function resultOf(one: ScanFinding, ruleIndex: number) {
  const { rule, effect, message, path, line, column, fingerprint, suppressed } = one;
  const { confidence, severity, category } = one;
  const region =
    line === null ? null : { startLine: line, ...(column === null ? {} : { startColumn: column }) };
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[effect],
    message: { text: message },
    locations: path === null ? [] : [locate(path, region)],
    partialFingerprints: { 'countersign/v1': fingerprint },
    // a result without the word is one whose suppression nobody knows; with none it is `[]`
    suppressions: suppressed === undefined ? [] : [suppressionOf(suppressed)],
    properties: { confidence, severity, category, effect },
  };
}

function suppressionOf(one: Suppression) {
  return {
    kind: one.kind === 'marker' ? 'inSource' : 'external',
    status: 'accepted',
    justification: tellSuppression(one),
  };
}

type Region = { readonly startLine: number; readonly startColumn?: number } | null;

/** A location of SARIF; `region` null for the whole file. */
export function locate(path: string, region: Region = null) {
  return {
    physicalLocation: {
      artifactLocation: { uri: formatUri(path) },
      ...(region === null ? {} : { region }),
    },
  };
}

/** A path, `outer!inner` too, as a URI reference (RFC 3986); an absolute one with `file:`. */
export function formatUri(path: string): string {
  const encoded = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file:///${encoded.replace(/^\/+/, '')}` : encoded;
}
