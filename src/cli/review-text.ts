/** What a person reads before signing. */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import type { Finding } from '../core/finding.ts';
import type { CiRun, Manifest } from '../core/manifest.ts';
import { answeredFor, findingsOf } from '../evidence/release-rules.ts';
import { raiseOf } from '../evidence/requesters.ts';
import { groupDigest } from '../formats/text.ts';
import { shortId } from '../formats/uuid.ts';
import type { QuorumView } from '../gateway/gateway.ts';
import { compareSummaries } from '../inspect/diff/difference.ts';
import { describeDifference } from '../inspect/diff/difference-text.ts';
import { digestOfSummary } from '../inspect/diff/summary.ts';
import { findBaseline } from '../inspect/release/artifact-views.ts';
import { counterpartOf, newestFiles, spellVersion } from '../inspect/release/newest.ts';
import type { ReadReview } from './review.ts';
import type { Line } from './terminal.ts';

/** Everything that signing would let happen, in lines. `held` is what each artifact holds, as it was
 * found here. */
export function describeReview(
  review: ReadReview,
  held: readonly ArtifactSummary[],
): readonly Line[] {
  const { manifest, policy } = review;
  return [
    {
      style: 'strong',
      text: `${manifest.project} ${manifest.tag}, attempt ${manifest.attempt} (${shortId(manifest.release)})`,
    },
    `  compare    ${groupDigest(review.manifestDigest)}, with what others see`,
    `  commit     ${manifest.commit ?? 'none named'}, source ${manifest.source.grade}`,
    ...describeSource(review),
    `  requester  ${manifest.requesters.map((one) => `${one.person} (${one.as})`).join(', ') || 'nobody of the roster'}`,
    ...describeRuns(manifest),
    `  policy     ${manifest.policy.name}: ${policy.approvals.minimum + raiseOf(manifest.ci ?? [])} people, requester ${policy.approvals.requester}`,
    ...(manifest.breakGlass === undefined
      ? []
      : [
          {
            style: 'bad' as const,
            text: `  EMERGENCY  any two people suffice, a review is due: ${manifest.breakGlass.reason}`,
          },
        ]),
    ...manifest.artifacts.flatMap((one) => describeArtifact(review, one)),
    ...manifest.distTags.map(
      (one) => `  dist-tag   ${one.tag} of ${one.package}: ${one.from ?? 'nothing'} -> ${one.to}`,
    ),
    ...manifest.artifacts.flatMap((one) => [
      ...describeChange(review, held, one),
      ...describeUpstream(review, held, one),
    ]),
    ...describeFindings(review),
    review.trusted
      ? '  founding   as the trust file says'
      : { style: 'bad', text: '  founding   EXPOSED: no trust file vouches for this gateway' },
    `  ledger     ${review.checkpointSeen.origin}, ${review.checkpointSeen.size} entries; your signature will name this head`,
  ];
}

/** One CI run, and whether it takes one person more. */
export function describeRun(run: CiRun): string {
  const who = `account ${run.actor} (${run.holder ?? 'nobody of the roster'}) at ${run.issuer}`;
  const more = raiseOf([run]) === 0 ? '' : ': one person more';
  return `${run.run}, attempt ${run.attempt}, of ${who}${more}`;
}

/** Which CI runs asked, and why one more person has to sign. */
function describeRuns({ ci = [] }: Manifest): readonly Line[] {
  return ci.map((one) => {
    const text = `  CI run     ${describeRun(one)}`;
    return raiseOf([one]) === 0 ? text : { style: 'bad', text };
  });
}

function describeArtifact(
  { manifest, rules }: ReadReview,
  artifact: Manifest['artifacts'][number],
): readonly Line[] {
  const known = rules.projects[manifest.project]?.packages.find(
    (one) => one.ecosystem === artifact.ecosystem && one.name === artifact.package,
  );
  const targets = manifest.upstreams.filter((one) => one.name === known?.upstream);
  return [
    `  package    ${artifact.package} ${artifact.version} (${artifact.ecosystem} ${artifact.kind})`,
    `    file     ${artifact.file}, ${artifact.sizeBytes} bytes`,
    `    sha256   ${shortDigest(artifact.sha256)}, counted here`,
    ...targets.map((one) => `    goes to  ${one.name}, ${one.url} (${one.mode})`),
  ];
}

/** What is different from the version that was approved before. */
function describeChange(
  { report, baselines }: ReadReview,
  held: readonly ArtifactSummary[],
  artifact: Manifest['artifacts'][number],
): readonly Line[] {
  const base = findBaseline(artifact, report.inputs.baselines);
  const before = baselines.find((one) => one.sha256 === base?.sha256 && one.file === base.file);
  const after = held.find((one) => one.file === artifact.file);
  if (base === null || before === undefined || after === undefined) {
    return [`  changes    ${artifact.file}: no version before was approved here`];
  }
  return [
    `  changes    ${artifact.file} since ${base.version}`,
    ...describeDifference(compareSummaries(before, after)).map((line) => `    ${line}`),
  ];
}

/** What is different from what upstream shows as newest and nobody approved; it is no baseline. */
function describeUpstream(
  { report, baselines, manifest }: ReadReview,
  held: readonly ArtifactSummary[],
  artifact: Manifest['artifacts'][number],
): readonly Line[] {
  const after = held.find((one) => one.file === artifact.file);
  return newestFiles(report.inputs).flatMap((one): readonly Line[] => {
    if (counterpartOf(one, manifest.artifacts) !== artifact) return [];
    const before = baselines.find((base) => digestOfSummary(base) === one.summary);
    if (before === undefined || after === undefined) return [];
    return [
      {
        style: 'bad',
        text: `  upstream   ${artifact.file} beside ${spellVersion(one.version)}, which upstream shows and NOBODY APPROVED here; + and now: this release, -: that version`,
      },
      `    sha256   ${shortDigest(one.sha256 ?? '')} of ${one.file}, counted here; the registry states ${one.stated}`,
      ...describeDifference(compareSummaries(before, after)).map((line) => `    ${line}`),
    ];
  });
}

/** First and last groups of a digest, for eyes; machines compare all of it. */
export function shortDigest(hex: string): string {
  const groups = hex.match(/.{1,8}/g) ?? [];
  return [...groups.slice(0, 2), '...', ...groups.slice(-2)].join(' ');
}

function describeFindings({ report, answerable, policy }: ReadReview): readonly Line[] {
  const { toAcknowledge, toWaive } = answerable;
  const findings = findingsOf(report);
  if (findings.length === 0) return ['  findings   none; the inspection was repeated here'];
  const word = (one: Finding) => {
    if (toWaive.includes(one.fingerprint)) return 'WAIVE';
    if (toAcknowledge.includes(one.fingerprint)) return 'ACKNOWLEDGE';
    return answeredFor(one, report, policy) === null ? 'note' : 'accepted';
  };
  const answer = (one: Finding): readonly Line[] => {
    const entry = answeredFor(one, report, policy);
    if (entry === null) return [];
    return [`      by the signed rules until ${entry.until}: ${entry.reason} (${entry.who})`];
  };
  return [
    `  findings   ${toAcknowledge.length} to acknowledge, ${toWaive.length} to waive, ${findings.length} in all; repeated here`,
    ...findings.flatMap((one): readonly Line[] => [
      `    ${word(one)}  ${one.rule}, ${one.severity}, ${one.confidence}${one.path === null ? '' : `, ${one.path}`}${one.line === null ? '' : `:${one.line}`}`,
      `      ${one.message}`,
      ...answer(one),
      `      ${one.fingerprint}`,
    ]),
  ];
}

/** Who counted, who did not and why, and what is missing. */
export function describeQuorum(quorum: QuorumView | null): readonly Line[] {
  if (quorum === null) return ['quorum     nothing to sign yet'];
  return [
    quorum.met
      ? { style: 'good', text: 'quorum     met' }
      : `quorum     not met: ${quorum.rejectedBy === null ? quorum.missing.join('; ') : `rejected by ${quorum.rejectedBy}`}`,
    `  counted  ${quorum.counted.join(', ') || 'nobody'}`,
    ...quorum.ignored.map((one) => `  ignored  ${one.person} ${one.reason}`),
  ];
}

/** What the source grade rests on: where git found the commit, and what attests to the files. */
function describeSource({ report }: ReadReview): readonly Line[] {
  const { claim } = report.inputs.source;
  if (claim === undefined) return [];
  const { git, artifacts } = claim;
  const attested = artifacts.filter((one) => one.attestations.length > 0).length;
  return [
    ...(git === null
      ? []
      : [
          `  git        ${git.commit ?? 'no commit'}, from ${git.branches.join(', ') || 'nowhere'}`,
        ]),
    ...(attested === 0 ? [] : [`  provenance ${attested} of ${artifacts.length} files`]),
  ];
}
