/** Reports from the lists of findings, each finding with its name. */
import { createHash } from 'node:crypto';
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import { type ArtifactReport, type Finding, verdictOf } from '../core/finding.ts';
import type { InspectionInputs, InspectionReport } from '../core/manifest.ts';
import { digestOfSummary } from './diff/summary.ts';
import type { Draft, FindingList } from './finding-list.ts';
import type { ArtifactFacts } from './rule.ts';

/** The report about a release from what its rules left. */
export function composeReport(
  inputs: InspectionInputs,
  ruleSet: string,
  artifacts: readonly ArtifactFacts[],
  ofRelease: FindingList,
  lists: ReadonlyMap<string, FindingList>,
  summaries: readonly ArtifactSummary[],
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
    summaries: summaries.map((one) => ({ file: one.file, summary: digestOfSummary(one) })),
    findings,
    unread,
    verdict: verdictOf(all, allUnread),
  };
}

/** The report about one artifact; `owner` is the package that findings are named by. */
export function composeArtifact(
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
export function createFingerprints(): (draft: Draft, owner: string) => Finding {
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
