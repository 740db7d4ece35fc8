/** Where a release comes from: looked up when it is opened, and again when it is inspected. */
import type { VerifierCrypto } from '../core/crypto.ts';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import { ledgerEntry } from '../core/ledger-entry.ts';
import { type InspectionInputs, inspectionReport, type Manifest } from '../core/manifest.ts';
import type { ReleaseId, Sha256 } from '../core/names.ts';
import type { Project, ProjectSource } from '../core/policy.ts';
import { literal, nullable, object, type Read, text } from '../core/shape.ts';
import {
  type Attestation,
  type ClaimedArtifact,
  type GitFacts,
  type SourceClaim,
  type TagTarget,
  tagTarget,
} from '../core/source-claim.ts';
import { expectationOf, gradeOf } from '../core/source-grade.ts';
import type { SourceTree } from '../core/source-tree.ts';
import { decodeCanonical, encodeCanonical } from '../formats/canonical.ts';
import { decodeUtf8 } from '../formats/text.ts';
import type { GatewayDeps } from './deps.ts';
import { canonicalDocument, readDocument } from './governance.ts';
import type { ArtifactRow, ReleaseRow, StoreReader } from './ports.ts';
import { readAttestations } from './rows.ts';

/** Where the tag was when a release was opened; its digest is in the ledger's entry of the opening. */
const openedSource = object({
  schema: literal('countersign/opened-source/v1'),
  remote: text,
  tag: text,
  target: nullable(tagTarget),
});
export type OpenedSource = Read<typeof openedSource>;

/** A document as it is stored. */
export interface StoredDocument {
  readonly digest: Sha256;
  readonly text: string;
}

/** What opening asks of the source. */
interface OpenedFor {
  readonly tag: string;
  readonly commit: string | null;
  readonly opened: ReleaseRow['opened'];
}

/**
 * At open: where the tag is. Null for a project without `source`. Throws `source-differs` where a
 * release by tag has no tag, or the tag is at another commit than the opener signed, and
 * `source-unreachable` where nobody can tell.
 */
export async function lookUpTag(
  deps: Pick<GatewayDeps, 'sources' | 'crypto'>,
  project: Project,
  { tag, commit, opened }: OpenedFor,
): Promise<StoredDocument | null> {
  const { source } = project;
  if (source === undefined) return null;
  const target = await deps.sources.tagAt(source.remote, tag);
  if (target === null && opened === 'by-tag') {
    throw new CountersignError(
      'source-differs',
      `expected tag ${tag} at ${source.remote}, found no such tag`,
      { hint: 'push the tag first, or open the release by its commit' },
    );
  }
  if (target !== null && commit !== null && target.commit !== commit) {
    throw new CountersignError(
      'source-differs',
      `expected tag ${tag} at commit ${commit}, found it at ${target.commit}`,
      { hint: 'open the release for the commit that the tag names' },
    );
  }
  const document: OpenedSource = {
    schema: 'countersign/opened-source/v1',
    remote: source.remote,
    tag,
    target,
  };
  return canonicalDocument(deps.crypto, document);
}

/** The target that `lookUpTag` found at the opening of this release; null where it did not look. */
export async function readOpenedTarget(tx: StoreReader, id: ReleaseId): Promise<TagTarget | null> {
  const opened = (await tx.events(id)).find((one) => one.event === 'open');
  if (opened === undefined) return null;
  const [row] = await tx.ledgerEntries(opened.ledgerIndex, 1);
  if (row === undefined || row.index !== opened.ledgerIndex) {
    throw new CountersignError('ledger-corrupt', 'the entry of the opening is missing');
  }
  const entry = ledgerEntry(decodeCanonical(row.bytes, { what: 'the entry' }), 'entry');
  const digest = entry.digests['source'];
  if (digest === undefined) return null;
  return (await readDocument(tx, digest, openedSource, 'source at the opening')).target;
}

/** A release as its source is looked up. */
export interface SourceSubject {
  readonly release: Pick<ReleaseRow, 'project' | 'tag' | 'version' | 'opened' | 'commit'>;
  readonly project: Project;
  readonly artifacts: readonly ArtifactRow[];
  readonly openedTarget: TagTarget | null;
  /** Digest of the verified CI identity that asked. */
  readonly identity: Sha256 | null;
}

/** `tree` is the document that the claim's git part names by digest. */
export interface GatheredSource {
  readonly source: InspectionInputs['source'];
  readonly tree: SourceTree | null;
}

/**
 * At inspection: git and attestations, and what they are worth. Only somebody's word where the
 * project names no source and nothing came with the artifacts. Throws `source-unreachable`.
 */
export async function gatherSource(
  deps: Pick<GatewayDeps, 'sources' | 'crypto' | 'store'>,
  subject: SourceSubject,
): Promise<GatheredSource> {
  const { release, project, identity } = subject;
  const expected = expectationOf(project);
  const git = project.source === undefined ? null : await askGit(deps, subject, project.source);
  const wanted = project.provenance?.trustedRoot ?? null;
  const artifacts: ClaimedArtifact[] = [];
  for (const one of subject.artifacts) artifacts.push(await claimArtifact(deps, one, wanted));
  const isAttested = artifacts.some((one) => one.attestations.length > 0);
  const isRequired = project.provenance?.attestations === 'required';
  if (git === null && !isAttested && !isRequired && identity === null) {
    return { source: { grade: 'asserted' }, tree: null };
  }
  const claim: SourceClaim = {
    schema: 'countersign/source-claim/v1',
    project: release.project,
    tag: release.tag,
    version: release.version,
    opened: release.opened,
    commit: release.commit,
    expected,
    git: git?.facts ?? null,
    trustedRoot: isAttested ? (await deps.sources.trustedRoot(wanted)).digest : null,
    artifacts,
    identity,
  };
  return { source: { grade: gradeOf(claim), claim }, tree: git?.tree ?? null };
}

async function askGit(
  deps: Pick<GatewayDeps, 'sources' | 'crypto'>,
  { release, artifacts, openedTarget }: SourceSubject,
  source: ProjectSource,
): Promise<{ readonly facts: GitFacts; readonly tree: SourceTree | null }> {
  const { remote, branches } = source;
  const { tag, commit } = release;
  const found = await deps.sources.resolve({ mirror: remote, tag, commit, branches });
  const facts = {
    opened: openedTarget,
    tag: found.tag,
    commit: found.commit,
    branches: found.reachedFrom,
  };
  // what no protected branch reaches may not even be there, and is refused anyway
  if (found.commit === null || found.reachedFrom.length === 0) {
    return { facts: { ...facts, tree: null }, tree: null };
  }
  const packages = new Map(
    artifacts.map((one) => [
      `${one.ecosystem}:${one.package}`,
      { ecosystem: one.ecosystem, package: one.package },
    ]),
  );
  const tree = await deps.sources.tree(remote, found.commit, [...packages.values()]);
  const { digest } = await canonicalDocument(deps.crypto, tree);
  return { facts: { ...facts, tree: digest }, tree };
}

async function claimArtifact(
  deps: Pick<GatewayDeps, 'sources' | 'store'>,
  row: ArtifactRow,
  trustedRoot: Sha256 | null,
): Promise<ClaimedArtifact> {
  const attestations: Attestation[] = [];
  for (const { form, digest } of readAttestations(row)) {
    const stored = await deps.store.read((tx) => requireStored(tx, digest));
    attestations.push({ form, digest, ...(await judge(deps, row, form, stored, trustedRoot)) });
  }
  const { ecosystem, package: name, file, sha256 } = row;
  return { ecosystem, package: name, file, sha256, attestations };
}

async function judge(
  deps: Pick<GatewayDeps, 'sources'>,
  row: ArtifactRow,
  form: Attestation['form'],
  stored: string,
  trustedRoot: Sha256 | null,
): Promise<Pick<Attestation, 'says' | 'problem'>> {
  try {
    const says = await deps.sources.verify({ form, text: stored }, row, trustedRoot);
    return { says, problem: null };
  } catch (error) {
    if (!isCountersignError(error) || error.code !== 'provenance-invalid') throw error;
    return { says: null, problem: error.message };
  }
}

/** The part of a manifest that names the claim. */
export async function gradeAndProof(
  crypto: VerifierCrypto,
  { grade, claim }: InspectionInputs['source'],
): Promise<Manifest['source']> {
  if (claim === undefined) return { grade, proof: null };
  return { grade, proof: (await canonicalDocument(crypto, claim)).digest };
}

/** Claim and tree, as they are stored by digest. */
export function sourceDocuments(
  crypto: VerifierCrypto,
  { claim }: InspectionInputs['source'],
  tree: SourceTree | null,
): Promise<readonly StoredDocument[]> {
  const documents = [...(claim === undefined ? [] : [claim]), ...(tree === null ? [] : [tree])];
  return Promise.all(documents.map((one) => canonicalDocument(crypto, one)));
}

/** A claim as it is shown: its text, the attestations that it names, and the text of its tree. */
export interface ShownClaim {
  readonly claim: SourceClaim;
  readonly document: string;
  readonly attestations: readonly string[];
  readonly tree: string | null;
}

/** The claim that a report rests on; null where there is none. Throws `ledger-corrupt`. */
export async function readClaim(tx: StoreReader, report: Sha256): Promise<ShownClaim | null> {
  const { inputs } = await readDocument(tx, report, inspectionReport, 'inspection report');
  const { claim } = inputs.source;
  if (claim === undefined) return null;
  const named = claim.artifacts.flatMap((one) => one.attestations.map(({ digest }) => digest));
  const tree = claim.git?.tree ?? null;
  return {
    claim,
    document: decodeUtf8(encodeCanonical(claim)),
    attestations: await Promise.all([...new Set(named)].map((one) => requireStored(tx, one))),
    tree: tree === null ? null : await requireStored(tx, tree),
  };
}

async function requireStored(tx: StoreReader, digest: Sha256): Promise<string> {
  const stored = await tx.document(digest);
  if (stored !== undefined) return stored;
  throw new CountersignError('ledger-corrupt', `document ${digest} is missing from the store`);
}
