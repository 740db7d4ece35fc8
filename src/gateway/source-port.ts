/** What the use cases ask of git and of attestations; part of the ports. */
import type { Sha256, Sha512 } from '../core/names.ts';
import type { Provenance, TagTarget } from '../core/source-claim.ts';
import type { SourceTree } from '../core/source-tree.ts';

export type { TagTarget };

/** An attestation as it was uploaded: a Sigstore bundle, or one of PEP 740. */
export interface AttestationText {
  readonly form: 'sigstore' | 'pep740';
  readonly text: string;
}

/** What an attestation must be about. */
export interface AttestedArtifact {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: Sha256;
  readonly sha512: Sha512;
}

/** `commit` is the one to look for; null takes the tag's. `branches` are patterns. */
export interface SourceQuestion {
  readonly mirror: string;
  readonly tag: string;
  readonly commit: string | null;
  readonly branches: readonly string[];
}

/** `tag` null: there is none. `commit` null: there is nothing to look for. */
export interface SourceResolution {
  readonly tag: TagTarget | null;
  readonly commit: string | null;
  /** Branches that the patterns fit, at the remote. */
  readonly protectedBranches: readonly string[];
  /** Those of them from which the commit is reached; none where the commit is not there. */
  readonly reachedFrom: readonly string[];
}

/**
 * Where sources are looked up. Reads only: nothing is ever sent to a remote. What it cannot find
 * out it throws as `source-unreachable`; what it finds is data. Safe for concurrent use.
 */
export interface Sources {
  /** Where the tag is at the remote, now; asks without downloading. Null where there is none. */
  tagAt(mirror: string, tag: string): Promise<TagTarget | null>;
  /** Branches at the remote that the patterns fit, in order of name; asks without downloading. */
  branchesAt(mirror: string, patterns: readonly string[]): Promise<readonly string[]>;
  resolve(question: SourceQuestion): Promise<SourceResolution>;
  /** The files of a commit that `resolve` found. */
  tree(
    mirror: string,
    commit: string,
    packages: readonly { readonly ecosystem: string; readonly package: string }[],
  ): Promise<SourceTree>;
  /** The trusted root to verify with: the named one, or for null the one of this version. Throws
   * `config-invalid` where it is not at hand. */
  trustedRoot(wanted: Sha256 | null): Promise<{ readonly digest: Sha256; readonly text: string }>;
  /** What a good attestation says. Offline. Throws `provenance-invalid` for every other. */
  verify(
    attestation: AttestationText,
    artifact: AttestedArtifact,
    trustedRoot: Sha256 | null,
  ): Promise<Provenance>;
}
