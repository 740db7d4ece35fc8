/** confirm: what the public gets is what was signed, bytes and served metadata and tags. */
import { CountersignError } from '../core/errors.ts';
import type { ReleaseId } from '../core/names.ts';
import { notify } from '../gateway/notices.ts';
import type { JobRow, ReleaseRow } from '../gateway/ports.ts';
import { enqueue, requireRelease, transition } from '../gateway/record.ts';
import { type Authorization, authorize, upstreamOf } from './authorize.ts';
import type { PublisherDeps } from './deps.ts';
import { explain } from './explain.ts';

/** The job. Throws `upstream-unreachable` to be repeated; a difference ends the release as failed. */
export async function confirmRelease(deps: PublisherDeps, job: JobRow): Promise<void> {
  if (job.release === null) return;
  const id = job.release;
  const release = await deps.store.read((tx) => requireRelease(tx, id));
  if (release.state !== 'confirming') return;
  const { authorization, differences } = await compare(deps, release).catch(
    async (error: unknown) => {
      await explain(deps, id, 'confirmation waits', error);
      throw error;
    },
  );
  // Before the end is recorded: whoever sets the release back afterwards finds a spent manifest.
  await deps.journal.finish(authorization.verification.manifestDigest);
  await conclude(deps, id, differences);
}

async function compare(deps: PublisherDeps, release: ReleaseRow) {
  const authorization = await authorize(deps, release);
  const differences = [
    ...(await differencesOfArtifacts(deps, authorization)),
    ...(await differencesOfTags(deps, authorization)),
  ];
  return { authorization, differences };
}

async function differencesOfArtifacts(
  deps: PublisherDeps,
  { artifacts, policy, verification }: Authorization,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { artifact, description } of artifacts) {
    const { upstream } = upstreamOf(
      policy,
      verification.manifest.project,
      artifact.ecosystem,
      artifact.package,
    );
    for (const one of await deps.registry(upstream).confirm(artifact, description.metadata)) {
      found.push(
        `${artifact.file}: ${one.field}: expected ${one.actual}, the public gets ${one.claimed}`,
      );
    }
  }
  return found;
}

async function differencesOfTags(
  deps: PublisherDeps,
  { policy, verification }: Authorization,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of verification.manifest.distTags) {
    const { upstream } = upstreamOf(
      policy,
      verification.manifest.project,
      one.ecosystem,
      one.package,
    );
    const summary = await deps.registry(upstream).summarize(one.package, one.to);
    const actual = summary.distTags[one.tag];
    if (actual !== one.to) {
      found.push(
        `${one.package}: dist-tag ${one.tag}: expected ${one.to}, the public gets ${actual ?? 'none'}`,
      );
    }
  }
  return found;
}

async function conclude(
  deps: PublisherDeps,
  id: ReleaseId,
  differences: readonly string[],
): Promise<void> {
  const [first] = differences;
  await deps.store.transact(async (tx) => {
    const release = await requireRelease(tx, id);
    if (release.state !== 'confirming')
      throw new CountersignError('state-conflict', 'the release moved on');
    await transition(tx, deps, release, {
      event: first === undefined ? 'confirm' : 'fail-confirmation',
      actor: 'publisher',
      reason:
        first === undefined
          ? null
          : `the public does not get what was approved: ${first}`.slice(0, 500),
    });
    await notify(tx, deps, id, first === undefined ? 'release.published' : 'release.failed');
    if (first !== undefined) return;
    // whether one is due is asked when it runs
    await enqueue(tx, deps, { kind: 'review-due', release: id, key: `review:${id}` });
  });
  deps.log.info('release-confirmed', { release: id, differences: differences.length });
}
