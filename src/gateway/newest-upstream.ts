/** What upstream shows as newest and nobody approved here: its bytes, fetched once and recorded. */
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import {
  type InspectionInputs,
  NEWEST_FILES_MAX,
  type NewestFile,
  type NewestVersion,
  type UpstreamSummary,
} from '../core/manifest.ts';
import type { Policy } from '../core/policy.ts';
import type { UpstreamFile, UpstreamRegistry } from '../ecosystem/ecosystem.ts';
import { unapprovedVersions } from '../ecosystem/unapproved-versions.ts';
import { compareText } from '../formats/text.ts';
import { type GatewayDeps, requireEcosystem } from './deps.ts';
import { canonicalDocument } from './governance.ts';
import type { BlobDigests } from './ports.ts';
import type { FindUpstream } from './publication-times.ts';

/** After this long without an answer a file counts as not told. */
const PATIENCE_MS = 300_000;
/** After this long nothing more is fetched or read. */
const TOGETHER_MS = 900_000;
/** All summaries of one release: each lies in the store, and a page for browsers has all of them. */
const SUMMARIES_MAX_BYTES = 32 * 1024 * 1024;
const REASON_LENGTH = 200;

/** `upstream`: what the registries showed, one for each package of the release. */
export interface NewestQuestion {
  readonly upstream: readonly UpstreamSummary[];
  readonly approved: InspectionInputs['approved'];
  readonly policy: Policy;
  readonly upstreamOf: FindUpstream;
}

/** `summaries` are those that `versions` name. */
export interface Newest {
  readonly versions: readonly NewestVersion[];
  readonly summaries: readonly ArtifactSummary[];
}

type Deps = Pick<
  GatewayDeps,
  'registry' | 'sleep' | 'clock' | 'blobs' | 'inspector' | 'crypto' | 'ecosystems' | 'settings'
>;

/**
 * Fetches every version that `unapprovedVersions` names, keeps its bytes by digest and has them read
 * in a worker. They are compared with and never become a baseline. What cannot be fetched or read is
 * recorded with the reason, and held by a rule: whoever published it must not be able to stop every
 * release by it. Throws `store-unavailable` and `internal`, which are no fault of a registry.
 */
export async function fetchNewest(deps: Deps, question: NewestQuestion): Promise<Newest> {
  const reading = createReading(deps, question.policy);
  const versions: NewestVersion[] = [];
  for (const summary of question.upstream) {
    const { ecosystem, package: name } = summary;
    const known = question.approved.find(
      (one) => one.ecosystem === ecosystem && one.package === name,
    );
    const rules = requireEcosystem(deps, ecosystem);
    const upstream = question.upstreamOf(ecosystem, name);
    if (upstream === undefined) continue;
    for (const version of unapprovedVersions(summary, known?.versions ?? [], rules)) {
      const found = await reading.version(deps.registry(upstream), name, version);
      versions.push({ ecosystem, package: name, version, ...found });
    }
  }
  return { versions, summaries: reading.summaries };
}

type Told<T> =
  | { readonly value: T; readonly reason: null }
  | { readonly value: null; readonly reason: string };

/** What of one version came out. */
type Found = Pick<NewestVersion, 'files' | 'reason'>;

/** One release's share of time, disk and store, used up by file after file. */
function createReading(deps: Deps, policy: Policy) {
  const until = Date.parse(deps.clock.now()) + TOGETHER_MS;
  const summaries: ArtifactSummary[] = [];
  let bytesLeft = deps.settings.releaseMaxBytes;
  let summaryBytesLeft = SUMMARIES_MAX_BYTES;

  async function patiently<T>(work: () => Promise<T>): Promise<Told<T>> {
    if (Date.parse(deps.clock.now()) > until) return untold('there was no time left to look at it');
    const answered = new AbortController();
    const patience = deps
      .sleep(PATIENCE_MS, answered.signal)
      .then(() => untold(`no answer within ${PATIENCE_MS / 1000} seconds`));
    const answer = work()
      .then((value) => ({ value, reason: null }))
      .catch((error: unknown) => {
        if (!isCountersignError(error)) throw error;
        if (error.code === 'store-unavailable' || error.code === 'internal') throw error;
        return untold(error.message);
      });
    try {
      return await Promise.race([answer, patience]);
    } finally {
      answered.abort();
    }
  }

  async function readFile(registry: UpstreamRegistry, one: UpstreamFile): Promise<NewestFile> {
    const { kind, file } = one;
    const nothing = { sizeBytes: null, sha256: null, stated: null, summary: null };
    const maxBytes = Math.min(deps.settings.uploadMaxBytes, bytesLeft);
    const came = await patiently(() => keep(deps, registry, one, maxBytes));
    if (came.value === null) return { kind, file, ...nothing, reason: came.reason };
    const { sizeBytes, sha256 } = came.value;
    bytesLeft -= sizeBytes;
    const stated = one.stated[0]?.algorithm ?? 'nothing';
    const about = { kind, file, sizeBytes, sha256, stated } as const;
    const location = deps.blobs.locate(sha256);
    const read = await deps.inspector.summarize(policy, { kind, file, sha256, location });
    if (read.summary === null) return { ...about, summary: null, reason: cut(read.reason) };
    const { digest, text } = await canonicalDocument(deps.crypto, read.summary);
    summaryBytesLeft -= text.length;
    if (summaryBytesLeft < 0) {
      const reason = `the summaries of all of them have more than ${SUMMARIES_MAX_BYTES} bytes`;
      return { ...about, summary: null, reason };
    }
    summaries.push(read.summary);
    return { ...about, summary: digest, reason: null };
  }

  return {
    summaries,
    async version(registry: UpstreamRegistry, name: string, version: string): Promise<Found> {
      const listed = await patiently(() => registry.filesOf(name, version));
      if (listed.value === null) return { files: [], reason: listed.reason };
      const sorted = listed.value.toSorted((one, other) => compareText(one.file, other.file));
      const files: NewestFile[] = [];
      for (const one of sorted.slice(0, NEWEST_FILES_MAX))
        files.push(await readFile(registry, one));
      const more = sorted.length - files.length;
      if (more > 0) return { files, reason: `it has ${more} files more than are fetched` };
      return { files, reason: files.length > 0 ? null : 'the registry shows no file of it' };
    },
  };
}

function untold(reason: string) {
  return { value: null, reason: cut(reason) };
}

/** Names of packed files and words of registries stand in it. */
function cut(reason: string): string {
  return reason.slice(0, REASON_LENGTH).replaceAll(/[^\x20-\x7e]/g, '?');
}

/** The bytes as they are kept. Throws `upstream-conflict` where they are not the ones that the
 * registry states, `upstream-unreachable` where they are not served, `limit-exceeded`. */
async function keep(
  deps: Pick<Deps, 'blobs'>,
  registry: UpstreamRegistry,
  one: UpstreamFile,
  maxBytes: number,
): Promise<BlobDigests> {
  const came = await registry.download(one, async (bytes) => {
    const writer = await deps.blobs.begin(maxBytes);
    try {
      for await (const chunk of bytes) await writer.write(chunk);
      const digests = await writer.finish();
      requireStated(one, digests);
      await writer.commit();
      return digests;
    } catch (error) {
      await writer.discard();
      throw error;
    }
  });
  if (came !== undefined) return came;
  throw new CountersignError('upstream-unreachable', 'it is listed and not served');
}

function requireStated({ stated }: UpstreamFile, digests: BlobDigests): void {
  const other = stated.find((one) => digests[one.algorithm] !== one.hex);
  if (other === undefined) return;
  const { algorithm, hex } = other;
  throw new CountersignError(
    'upstream-conflict',
    `expected ${algorithm} ${hex.slice(0, 16)}... as the registry states, found ${digests[algorithm].slice(0, 16)}...`,
  );
}
