/**
 * Runs the rules over a release and writes the report. Pure and byte-deterministic: no clock, no
 * host, and nothing depends on the order in which artifacts or entries come.
 */
import { createHash } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import {
  type ArtifactReport,
  CONFIDENCES,
  type Confidence,
  type Finding,
  verdictOf,
} from '../core/finding.ts';
import type { InspectionInputs, InspectionReport } from '../core/manifest.ts';
import type { Policy } from '../core/policy.ts';
import type { EcosystemRules } from '../ecosystem/ecosystem.ts';
import type { ArchiveEntry } from '../formats/archive-entry.ts';
import {
  compare,
  createFindingList,
  type Draft,
  type FindingList,
  nameFailure,
} from './finding-list.ts';
import type { ArtifactFacts, EntryRule, ReleaseContext, ReleaseRule, Rule } from './rule.ts';
import { RULE_SET, RULES } from './rule-set.ts';
import { createSecretScanner, type SecretScan } from './secret-scan.ts';

/** An artifact with its packed files. `entries` is walked once, one entry in memory at a time; what
 * it throws becomes an unread part. */
export interface InspectedArtifact extends ArtifactFacts {
  readonly entries: AsyncIterable<ArchiveEntry>;
}

/** What an inspection is made from. `ecosystems` throws for a name that it does not know. */
export interface InspectionInput {
  readonly inputs: InspectionInputs;
  readonly policy: Policy;
  readonly artifacts: readonly InspectedArtifact[];
  readonly ecosystems: (name: string) => EcosystemRules;
}

/** A file of no release: an archive with its entries, or a plain file as its own only entry. */
export interface LooseFile extends Pick<ArtifactFacts, 'file' | 'sha256' | 'sizeBytes'> {
  readonly form: 'archive' | 'plain';
  readonly entries: AsyncIterable<ArchiveEntry>;
}

/** An engine for one set of rules. */
export interface Inspector {
  /** The rules about packed files and secrets, and no others; secrets reject from `blockAt` on. */
  inspectFile(file: LooseFile, blockAt: Confidence): Promise<ArtifactReport>;
  /** Throws `malformed-document` when two artifacts have one file name; nothing else. */
  inspectRelease(input: InspectionInput): Promise<InspectionReport>;
}

/** `ruleSet` is the version that reports carry. */
export function createInspector(rules: readonly Rule[], ruleSet: string): Inspector {
  const releaseRules = rules.filter((rule) => rule.kind === 'release');
  const entryRules = rules.filter((rule) => rule.kind === 'entry');
  const scan = createSecretScanner(rules.filter((rule) => rule.kind === 'secret'));
  return {
    async inspectFile({ form, entries, ...file }, blockAt) {
      const list = createFindingList(file.file);
      const artifact = { ...OF_NO_RELEASE, ...file, entries };
      const locate = form === 'plain' ? (_: string, inner: string) => inner : locateInside;
      await readArtifact(artifact, { entryRules, scan, blockAt, locate }, list);
      return composeArtifact(artifact, list, createFingerprints(), `file:${file.file}`);
    },
    async inspectRelease({ inputs, policy, artifacts, ecosystems }) {
      const sorted = sortByFile(artifacts);
      const lists = new Map(sorted.map(({ file }) => [file, createFindingList(file)]));
      const ofRelease = createFindingList(null);
      const facts = sorted.map(({ entries: _, ...rest }): ArtifactFacts => rest);
      const context: ReleaseContext = { inputs, policy, artifacts: facts, ecosystems };
      for (const rule of releaseRules) askRelease(rule, context, ofRelease, lists);
      const checks = { entryRules, scan, blockAt: policy.block.secrets, locate: locateInside };
      for (const artifact of sorted) {
        const list = lists.get(artifact.file) ?? ofRelease;
        await readArtifact(artifact, checks, list);
      }
      return composeReport(inputs, ruleSet, sorted, ofRelease, lists);
    },
  };
}

const OF_NO_RELEASE = {
  ecosystem: 'none',
  package: '',
  version: '',
  kind: 'file',
  description: null,
  unreadable: 'it belongs to no release',
} as const;

const inspector = createInspector(RULES, RULE_SET);

/** Inspects a release with the rules of RULE_SET. Throws as `Inspector.inspectRelease` says. */
export function inspectRelease(input: InspectionInput): Promise<InspectionReport> {
  return inspector.inspectRelease(input);
}

/** Inspects one file with the rules of RULE_SET that need no release. Never throws. */
export function inspectFile(file: LooseFile, blockAt: Confidence): Promise<ArtifactReport> {
  return inspector.inspectFile(file, blockAt);
}

function sortByFile(artifacts: readonly InspectedArtifact[]): readonly InspectedArtifact[] {
  const sorted = artifacts.toSorted((left, right) => compare(left.file, right.file));
  const doubled = sorted.find((one, at) => sorted[at + 1]?.file === one.file);
  if (doubled !== undefined) {
    throw new CountersignError(
      'malformed-document',
      `a release holds each file once, found ${doubled.file} twice`,
    );
  }
  return sorted;
}

function askRelease(
  rule: ReleaseRule,
  context: ReleaseContext,
  ofRelease: FindingList,
  lists: ReadonlyMap<string, FindingList>,
): void {
  try {
    for (const problem of rule.check(context)) {
      const { subject, file } = problem;
      const list = file === undefined ? undefined : lists.get(file);
      if (list === undefined) {
        ofRelease.add(rule, rule.effect, problem, { subject, path: null });
      } else {
        list.add(rule, rule.effect, problem, { subject, path: file ?? null });
      }
    }
  } catch (error) {
    ofRelease.addFailure(rule, 'release', error);
  }
}

interface EntryChecks {
  readonly entryRules: readonly EntryRule[];
  readonly scan: (content: Uint8Array) => SecretScan;
  readonly blockAt: Confidence;
  /** The path that a finding shows, from the artifact's file and the path in it. */
  readonly locate: (file: string, inner: string) => string;
}

function locateInside(file: string, inner: string): string {
  return `${file}!${inner}`;
}

async function readArtifact(
  artifact: InspectedArtifact,
  checks: EntryChecks,
  list: FindingList,
): Promise<void> {
  const { entries, ...facts } = artifact;
  try {
    for await (const entry of entries) {
      for (const rule of checks.entryRules) askEntry(rule, entry, facts, checks.locate, list);
      if (entry.kind === 'file') takeSecrets(checks, entry, facts, list);
    }
  } catch (error) {
    // what was read so far stays in the report; the rest is unread, so the verdict cannot pass
    list.addUnread(artifact.file, `its files cannot be read: ${nameFailure(error)}`);
  }
}

function askEntry(
  rule: EntryRule,
  entry: ArchiveEntry,
  facts: ArtifactFacts,
  locate: EntryChecks['locate'],
  list: FindingList,
): void {
  try {
    for (const problem of rule.check(entry, facts)) {
      const inner = problem.path ?? entry.path;
      const path = locate(facts.file, inner);
      list.add(rule, rule.effect, problem, { subject: inner, path });
    }
  } catch (error) {
    list.addFailure(rule, locate(facts.file, entry.path), error);
  }
}

function takeSecrets(
  { scan, blockAt, locate }: EntryChecks,
  entry: ArchiveEntry,
  facts: ArtifactFacts,
  list: FindingList,
): void {
  const path = locate(facts.file, entry.path);
  const found = scan(entry.content);
  for (const { rule, confidence, message, line, column } of found.hits) {
    const severity = confidence === 'weak' ? 'low' : rule.severity;
    const effect = secretEffect(confidence, blockAt);
    list.add(
      rule,
      effect,
      { message, confidence, severity },
      { subject: entry.path, path, line, column },
    );
  }
  for (const { rule, confidence, count } of found.more) {
    list.addMore(rule, secretEffect(confidence, blockAt), confidence, count);
  }
  for (const { rule, error } of found.failed) list.addFailure(rule, path, error);
}

/**
 * What a secret does to the verdict: `reject` from the policy's threshold on; below it a plausible
 * one is held for people to acknowledge and a weak one is noted.
 */
export function secretEffect(confidence: Confidence, blockAt: Confidence): Finding['effect'] {
  if (CONFIDENCES.indexOf(confidence) >= CONFIDENCES.indexOf(blockAt)) return 'reject';
  return confidence === 'weak' ? 'note' : 'hold';
}

function composeReport(
  inputs: InspectionInputs,
  ruleSet: string,
  artifacts: readonly ArtifactFacts[],
  ofRelease: FindingList,
  lists: ReadonlyMap<string, FindingList>,
): InspectionReport {
  const sign = createFingerprints();
  const findings = ofRelease.drafts().map((draft) => sign(draft, 'release'));
  const unread = ofRelease.unread();
  const reports = artifacts.map((artifact): ArtifactReport => {
    const list = lists.get(artifact.file) ?? ofRelease;
    return composeArtifact(artifact, list, sign, `${artifact.ecosystem}:${artifact.package}`);
  });
  const all = [...findings, ...reports.flatMap((report) => report.findings)];
  const allUnread = [...unread, ...reports.flatMap((report) => report.unread)];
  return {
    schema: 'countersign/inspection/v1',
    ruleSet,
    inputs,
    artifacts: reports,
    findings,
    unread,
    verdict: verdictOf(all, allUnread),
  };
}

function composeArtifact(
  artifact: ArtifactFacts,
  list: FindingList,
  sign: (draft: Draft, owner: string) => Finding,
  owner: string,
): ArtifactReport {
  const findings = list.drafts().map((draft) => sign(draft, owner));
  const unread = list.unread();
  return {
    path: artifact.file,
    sha256: artifact.sha256,
    sizeBytes: artifact.sizeBytes,
    verdict: verdictOf(findings, unread),
    findings,
    unread,
  };
}

/**
 * Names findings by rule, package, inner path and how many such there were before in the report:
 * two never share a name, a new version of the package keeps it, and no secret is in it.
 */
function createFingerprints(): (draft: Draft, owner: string) => Finding {
  const seen = new Map<string, number>();
  return ({ subject, ...draft }, owner) => {
    const key = JSON.stringify([draft.rule, owner, subject]);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    const digest = createHash('sha256')
      .update(JSON.stringify([key, occurrence]))
      .digest('hex');
    return { ...draft, fingerprint: `${draft.rule}:${digest.slice(0, 16)}` };
  };
}
