/** When things appeared upstream: what an inspection must know of time, asked once and recorded. */
import { isCountersignError } from '../core/errors.ts';
import type { PublicationHistory, PublicationTimes } from '../core/manifest.ts';
import type { Upstream } from '../core/policy.ts';
import { changedRanges, newDependencies } from '../ecosystem/new-dependencies.ts';
import type { Baseline } from './baseline.ts';
import type { GatewayDeps } from './deps.ts';
import type { ArtifactRow } from './ports.ts';
import { readDescription } from './rows.ts';

/** Dependencies of one release that are asked about; more are held as not asked. */
const DEPENDENCIES_MAX = 200;
const AT_ONCE = 8;
/** After this long without an answer a dependency counts as untold. */
const PATIENCE_MS = 30_000;
/** After this long nothing more is asked. */
const TOGETHER_MS = 180_000;
const REASON_LENGTH = 300;

/** Where a package is read; the releasing package's own upstream where nothing else is signed. */
export type FindUpstream = (ecosystem: string, packageName: string) => Upstream | undefined;

/** `packages`: one row for each package of the release. */
export interface HistoryQuestion {
  readonly packages: readonly ArtifactRow[];
  readonly artifacts: readonly ArtifactRow[];
  readonly baseline: Baseline;
  readonly upstreamOf: FindUpstream;
}

/**
 * Histories of the packages themselves, then of the dependencies that are new or have another range. Throws what an
 * upstream throws about the packages themselves: their release waits. About a dependency nothing
 * is thrown, since its name is chosen by whoever built the package: no answer is `untold`, and
 * held by a rule.
 */
export async function askTimes(
  deps: Pick<GatewayDeps, 'registry' | 'sleep' | 'clock'>,
  question: HistoryQuestion,
): Promise<PublicationTimes> {
  const askedAt = deps.clock.now();
  const own: PublicationHistory[] = [];
  for (const { ecosystem, package: name } of question.packages) {
    const upstream = question.upstreamOf(ecosystem, name);
    if (upstream === undefined) continue;
    // under the name that the release has, whatever the registry's spelling
    own.push({ ...(await deps.registry(upstream).historyOf(name)), ecosystem, package: name });
  }
  return { askedAt, histories: [...own, ...(await askDependencies(deps, question))] };
}

interface Wanted {
  readonly ecosystem: string;
  readonly package: string;
  readonly upstream: Upstream;
}

async function askDependencies(
  deps: Pick<GatewayDeps, 'registry' | 'sleep' | 'clock'>,
  question: HistoryQuestion,
): Promise<readonly PublicationHistory[]> {
  const wanted = dependenciesToAsk(question).slice(0, DEPENDENCIES_MAX);
  const until = Date.parse(deps.clock.now()) + TOGETHER_MS;
  const found: PublicationHistory[] = [];
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const isLate = Date.parse(deps.clock.now()) > until;
    const some = wanted.slice(at, at + AT_ONCE);
    found.push(
      ...(await Promise.all(
        some.map((one) => (isLate ? untold(one, 'there was no time left to ask') : ask(deps, one))),
      )),
    );
  }
  return found;
}

/** Dependencies of every artifact that are new, then those that are there in other versions, each
 * once, in order; not what this release brings itself. */
function dependenciesToAsk(question: HistoryQuestion): readonly Wanted[] {
  const { packages, artifacts, baseline, upstreamOf } = question;
  const fresh = new Map<string, Wanted>();
  const changed = new Map<string, Wanted>();
  const isOwn = (ecosystem: string, name: string) =>
    packages.some((one) => one.ecosystem === ecosystem && one.package === name);
  for (const artifact of artifacts) {
    const { ecosystem, package: dependent } = artifact;
    const description = readDescription(artifact);
    // each file before on its own: which of them a rule compares with is the engine's to say
    const before = baseline.summaries.filter((_, at) => {
      const file = baseline.files[at];
      return (
        file?.ecosystem === ecosystem && file.package === dependent && file.kind === artifact.kind
      );
    });
    const parts = before.length === 0 ? [[]] : before.map((one) => [one]);
    const want = (wanted: Map<string, Wanted>, name: string) => {
      const upstream = upstreamOf(ecosystem, name) ?? upstreamOf(ecosystem, dependent);
      if (upstream === undefined || isOwn(ecosystem, name)) return;
      wanted.set(`${ecosystem}:${name}`, { ecosystem, package: name, upstream });
    };
    for (const part of parts) {
      for (const name of newDependencies(description, part)) want(fresh, name);
      for (const { name } of changedRanges(description, part)) want(changed, name);
    }
  }
  for (const key of fresh.keys()) changed.delete(key);
  return [...inOrder(fresh), ...inOrder(changed)];
}

function inOrder(wanted: ReadonlyMap<string, Wanted>): readonly Wanted[] {
  return [...wanted].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

async function ask(
  deps: Pick<GatewayDeps, 'registry' | 'sleep'>,
  wanted: Wanted,
): Promise<PublicationHistory> {
  const { ecosystem, package: name, upstream } = wanted;
  const patience = deps
    .sleep(PATIENCE_MS)
    .then(() => untold(wanted, `no answer within ${PATIENCE_MS / 1000} seconds`));
  const answer = deps
    .registry(upstream)
    .historyOf(name)
    .then((history) => ({ ...history, ecosystem, package: name }))
    .catch((error: unknown) => {
      if (!isCountersignError(error)) throw error;
      return untold(wanted, error.message);
    });
  return Promise.race([answer, patience]);
}

function untold({ ecosystem, package: name }: Wanted, reason: string): PublicationHistory {
  return {
    ecosystem,
    package: name,
    answer: 'untold',
    reason: reason.slice(0, REASON_LENGTH),
    first: null,
    newest: [],
  };
}
