/** People see why a release does not go on. */
import type { ReleaseId } from '../core/names.ts';
import { isTerminal } from '../core/release-state.ts';
import { requireRelease, setReason } from '../gateway/record.ts';
import type { PublisherDeps } from './deps.ts';

/** Notes `what: message` at the release. Never throws: the first error matters more than this. */
export async function explain(
  deps: Pick<PublisherDeps, 'store' | 'log'>,
  id: ReleaseId,
  what: string,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  try {
    await deps.store.transact(async (tx) => {
      const release = await requireRelease(tx, id);
      // A release that ended meanwhile keeps the reason why.
      if (isTerminal(release.state)) return;
      await setReason(tx, release, `${what}: ${reason}`.slice(0, 500));
    });
  } catch (failed) {
    deps.log.error('reason-not-recorded', { release: id, error: String(failed) });
  }
}
