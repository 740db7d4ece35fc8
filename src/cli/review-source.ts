/**
 * The source claim on the approver's machine: it fits manifest, report and signed rules, and every
 * attestation is verified here, offline. What git said is the gateway's reading; the tree that it
 * names is compared with the bytes again, by the inspection.
 */
import type { VerifierCrypto } from '../core/crypto.ts';
import { isCountersignError } from '../core/errors.ts';
import type { InspectionReport, Manifest } from '../core/manifest.ts';
import type { PolicyDocument } from '../core/policy.ts';
import type { SourceClaim } from '../core/source-claim.ts';
import { SOURCE_TREE_MAX_BYTES, type SourceTree, sourceTree } from '../core/source-tree.ts';
import { sha256Hex } from '../evidence/signed-statement.ts';
import { checkGrade, checkSourceClaim } from '../evidence/source-claim.ts';
import { decodeCanonical, encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import type { ReviewBundle } from '../gateway/gateway.ts';
import { verifyProvenance } from '../source/provenance.ts';
import { parseTrustedRoot, seededTrustedRoot } from '../source/trusted-root.ts';

export interface ReviewedSource {
  readonly tree: SourceTree | null;
  /** Throws `evidence-invalid` where the claim does not fit. */
  readonly check: () => Promise<void>;
  /** What differs when the attestations are verified here, each as a clause. */
  readonly recompute: (manifest: Manifest) => readonly string[];
}

/** Reads what came with the review. Throws `malformed-document` for a tree that is none. */
export async function readReviewedSource(
  crypto: VerifierCrypto,
  bundle: ReviewBundle,
  manifest: Manifest,
  report: InspectionReport,
  rules: PolicyDocument,
): Promise<ReviewedSource> {
  const { claim } = report.inputs.source;
  const texts = new Map<string, string>();
  for (const text of bundle.attestations ?? []) {
    texts.set(await sha256Hex(crypto, encodeUtf8(text)), text);
  }
  const claims =
    claim === undefined
      ? []
      : [{ document: canonical(claim), attestations: bundle.attestations ?? [] }];
  return {
    tree: bundle.sourceTree === undefined ? null : readTree(bundle.sourceTree),
    check: async () => {
      await checkSourceClaim(crypto, manifest, report, claims, rules);
      checkGrade(manifest, rules);
    },
    recompute: (signed) =>
      claim === undefined ? [] : verifyAgain(claim, signed, texts, bundle.trustedRoot),
  };
}

function readTree(text: string): SourceTree {
  const what = 'the files of the commit';
  const read = decodeCanonical(encodeUtf8(text), { what, maxBytes: SOURCE_TREE_MAX_BYTES });
  return sourceTree(read, what);
}

/** The same trusted root, the same answers. */
function verifyAgain(
  claim: SourceClaim,
  manifest: Manifest,
  texts: ReadonlyMap<string, string>,
  givenRoot: string | undefined,
): readonly string[] {
  if (claim.trustedRoot === null) return [];
  const wanted = claim.expected.provenance?.trustedRoot ?? null;
  const root =
    wanted === null ? seededTrustedRoot() : parseTrustedRoot(encodeUtf8(givenRoot ?? ''));
  if (root.digest !== claim.trustedRoot || (wanted !== null && root.digest !== wanted)) {
    return [
      `the trusted root here is ${root.digest}, the gateway verified with ${claim.trustedRoot}`,
    ];
  }
  return claim.artifacts.flatMap(({ file, attestations }) => {
    const artifact = manifest.artifacts.find((one) => one.file === file);
    return attestations.flatMap(({ form, digest, says, problem }) => {
      const text = texts.get(digest);
      if (artifact === undefined || text === undefined)
        return [`${file}: an attestation is missing`];
      const here = attempt(() => verifyProvenance(root.material, { form, text }, artifact));
      const [mine, theirs] = [canonical(here), canonical({ says, problem })];
      return mine === theirs ? [] : [`${file}: here an attestation says ${mine.slice(0, 300)}`];
    });
  });
}

function attempt(verify: () => SourceClaim['artifacts'][number]['attestations'][number]['says']) {
  try {
    return { says: verify(), problem: null };
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return { says: null, problem: error.message };
  }
}

function canonical(value: unknown): string {
  return decodeUtf8(encodeCanonical(value));
}
