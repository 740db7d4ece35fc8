/**
 * The source once more, before anything leaves: what an attestation says is verified again here,
 * and the tag is asked for again at the remote, since time can change where it points. Asking lists
 * refs; nothing is downloaded into the process that holds the keys.
 */
import { CountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import type { SourceClaim } from '../core/source-claim.ts';
import { parseEvidence } from '../evidence/bundle.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import type { Authorization } from './authorize.ts';
import type { PublisherDeps } from './deps.ts';
import type { EffectTarget } from './plan.ts';

/** An attestation of an artifact that may go out with it. */
interface VerifiedAttestation {
  readonly form: 'sigstore' | 'pep740';
  readonly text: string;
}

/**
 * Throws `source-differs` where the tag is not where it was approved, `provenance-invalid` where an
 * attestation does not hold, and `source-unreachable` where nobody can tell.
 */
export async function requireSameSource(
  deps: Pick<PublisherDeps, 'sources' | 'crypto'>,
  authorization: Authorization,
): Promise<void> {
  const { claim } = authorization.verification.report.inputs.source;
  if (claim === undefined) return;
  await requireTagAsApproved(deps, claim);
  for (const { artifact } of authorization.artifacts) {
    await attestationsOf(deps, authorization, artifact.file);
  }
}

async function requireTagAsApproved(
  deps: Pick<PublisherDeps, 'sources'>,
  { git, tag, expected }: SourceClaim,
): Promise<void> {
  if (git === null || expected.source === null) return;
  const now = await deps.sources.tagAt(expected.source.remote, tag);
  const was = git.tag;
  const hint = 'find out who moved the tag; release what was approved under a tag that stays';
  if (was !== null && (now === null || now.commit !== was.commit || now.object !== was.object)) {
    const found = now === null ? 'gone' : `at commit ${now.commit} (object ${now.object})`;
    throw new CountersignError(
      'source-differs',
      `tag ${tag} was at commit ${was.commit} (object ${was.object}) when the release was approved, and is ${found} now`,
      { hint },
    );
  }
  if (was === null && now !== null && now.commit !== git.commit) {
    throw new CountersignError(
      'source-differs',
      `the release was approved for commit ${git.commit ?? '(none)'}, and tag ${tag} is at commit ${now.commit} now`,
      { hint },
    );
  }
}

/** The attestations of one artifact, verified again: they say what the approved claim says. */
async function attestationsOf(
  deps: Pick<PublisherDeps, 'sources' | 'crypto'>,
  { verification, evidence, artifacts }: Authorization,
  file: string,
): Promise<readonly VerifiedAttestation[]> {
  const { claim } = verification.report.inputs.source;
  const claimed = claim?.artifacts.find((one) => one.file === file);
  const held = artifacts.find((one) => one.artifact.file === file);
  if (claim === undefined || claimed === undefined || held === undefined) return [];
  const texts = new Map<Sha256, string>();
  for (const text of parseEvidence(evidence).claims?.[0]?.attestations ?? []) {
    texts.set(await sha256Hex(deps.crypto, encodeUtf8(text)), text);
  }
  const root = claim.expected.provenance?.trustedRoot ?? null;
  const verified: VerifiedAttestation[] = [];
  for (const { form, digest, says } of claimed.attestations) {
    // a refused one can only be here where the rules let its rejection be waived
    if (says === null) continue;
    const text = texts.get(digest) ?? '';
    const again = await deps.sources.verify({ form, text }, held.artifact, root);
    if (canonical(again) !== canonical(says)) {
      throw new CountersignError(
        'provenance-invalid',
        `the provenance of ${file} says something else here than the approved claim`,
        { hint: 'gateway and publisher verify with different trusted roots or versions' },
      );
    }
    verified.push({ form, text });
  }
  return verified;
}

/**
 * What goes upstream beside an npm tarball where the rules say `forward: npm`: the one Sigstore
 * bundle that came with it. Null otherwise; Python's index takes attestations from its own trusted
 * publishers only.
 */
export async function provenanceToForward(
  deps: Pick<PublisherDeps, 'sources' | 'crypto'>,
  authorization: Authorization,
  target: Pick<EffectTarget, 'ecosystem' | 'file'>,
): Promise<string | null> {
  const { claim } = authorization.verification.report.inputs.source;
  const isWanted = claim?.expected.provenance?.forward === 'npm' && target.ecosystem === 'npm';
  if (!isWanted || target.file === null) return null;
  const [first] = await attestationsOf(deps, authorization, target.file);
  return first?.form === 'sigstore' ? first.text : null;
}

function canonical(value: unknown): string {
  return decodeUtf8(encodeCanonical(value));
}
