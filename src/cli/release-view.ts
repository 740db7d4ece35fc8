/** A release in lines. */
import { isTerminal } from '../core/release-state.ts';
import { groupDigest } from '../formats/text.ts';
import type { ReleaseView } from '../gateway/gateway.ts';
import { describeQuorum, describeRun } from './review-text.ts';
import type { Line } from './terminal.ts';

/** One line: what it is and where it stands. */
export function summarizeRelease(release: ReleaseView): string {
  const { shortId, project, tag, attempt, state, reason } = release;
  return `${shortId}  ${project} ${tag}, attempt ${attempt}: ${state}${reason === null ? '' : ` (${reason})`}`;
}

/** All that a person needs to know what comes next. */
export function describeRelease(release: ReleaseView): readonly Line[] {
  return [
    { style: 'strong', text: summarizeRelease(release) },
    `opened     ${release.openedAt}, ${release.opened}, policy ${release.policy}`,
    `requester  ${release.requesters.join(', ') || 'nobody yet'}`,
    ...release.runs.map((one) => `CI run     ${describeRun(one)}`),
    ...(release.needsAdoption ? [`adopt      countersign release adopt ${release.shortId}`] : []),
    ...release.artifacts.map(
      (one) => `artifact   ${one.file}, ${one.sizeBytes} bytes, sha256 ${one.sha256}`,
    ),
    ...release.missing.map((one) => `missing    ${one}`),
    ...(release.manifest === null ? [] : [`compare    ${groupDigest(release.manifest)}`]),
    ...(release.verdict === null ? [] : [`inspection ${release.verdict}`]),
    ...(release.quorum === null ? [] : describeQuorum(release.quorum)),
    ...release.effects.map(
      (one) =>
        `effect     ${one.kind}: ${one.state}${one.outcome === null ? '' : `, ${one.outcome}`}`,
    ),
    ...(release.expiresAt === null || isTerminal(release.state)
      ? []
      : [`expires    ${release.expiresAt}`]),
    ...nextStep(release),
  ];
}

function nextStep({ state, shortId }: ReleaseView): readonly Line[] {
  switch (state) {
    case 'awaiting-approval':
      return [`next       countersign approve ${shortId}`];
    case 'approved':
      return [`next       countersign release wait ${shortId}`];
    case 'partially-published':
      return [`next       countersign resume ${shortId}`];
    case 'rejected':
    case 'expired':
    case 'cancelled':
      return [`next       countersign release reopen ${shortId}`];
    default:
      return [];
  }
}
