/** A whole instance with one approved release, in memory, from real keys: for tests of evidence. */
import { createHash } from 'node:crypto';
import type { Genesis, Trust } from '../src/core/genesis.ts';
import type { EntryKind } from '../src/core/ledger-entry.ts';
import type { Approval, InspectionReport, Manifest, Opening } from '../src/core/manifest.ts';
import type { PersonId, ReleaseId, Sha256, Sha512 } from '../src/core/names.ts';
import type { ApprovalRule, Policy, PolicyDocument } from '../src/core/policy.ts';
import { POLICY_DEFAULTS } from '../src/core/policy-inherit.ts';
import type { Roster } from '../src/core/roster.ts';
import { encodeApproval } from '../src/evidence/approval-statement.ts';
import type { Evidence } from '../src/evidence/bundle.ts';
import { findingsOf } from '../src/evidence/release-rules.ts';
import { encodeInstanceStatement, type SignedStatement } from '../src/evidence/signed-statement.ts';
import { encodeBase64 } from '../src/formats/base64.ts';
import { encodeCanonical } from '../src/formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../src/formats/text.ts';
import { createUuidV7 } from '../src/formats/uuid.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { formatVerifierKey } from '../src/tlog/note-key.ts';
import { consistencyProof } from '../src/tlog/tree.ts';
import { appendEntry, checkpointSeenOf } from './ledger-fixture.ts';
import { type AssertionParts, PASSKEY_SETTINGS, type TestPasskey } from './passkey-fixture.ts';
import { createTestKey, type TestKey } from './ssh-fixture.ts';
import { createMemoryLog, type MemoryLog } from './tlog-fixture.ts';

export const FOUNDERS = ['alice', 'bob', 'carol'] as const;
export type Founder = (typeof FOUNDERS)[number];

const GROUPS: Record<Founder, readonly string[]> = {
  alice: ['release-managers'],
  bob: ['security-team'],
  carol: ['release-managers', 'security-team'],
};

export interface EvidenceOptions {
  /** Who opened the release; default alice. */
  readonly opener?: Founder;
  /** Who approved, in this order; default bob, carol. */
  readonly approvers?: readonly Founder[];
  readonly approvals?: Partial<ApprovalRule>;
  readonly recovery?: Genesis['recovery'];
  readonly governance?: PolicyDocument['governance'];
  readonly policy?: Partial<Policy>;
  /** Content of the artifact; default a text. */
  readonly artifact?: Uint8Array;
  /** Last say over documents before anything is signed. */
  readonly report?: (report: InspectionReport) => InspectionReport;
  readonly manifest?: (manifest: Manifest) => Manifest;
  readonly approval?: (approval: Approval, person: Founder) => Approval;
  /** Passkeys of founders, who then approve with them; `passkeyParts` changes what they say. */
  readonly passkeys?: Partial<Record<Founder, TestPasskey>>;
  readonly passkeyParts?: Partial<AssertionParts>;
  /** Whether the credential was used; default true. */
  readonly used?: boolean;
}

export interface EvidenceFixture {
  readonly keys: Readonly<Record<Founder, TestKey>>;
  readonly genesis: Genesis;
  readonly genesisText: string;
  readonly genesisDigest: Sha256;
  readonly founding: readonly SignedStatement[];
  readonly trust: Trust;
  readonly roster: Roster;
  readonly policyDocument: PolicyDocument;
  readonly policy: Policy;
  readonly artifact: { readonly file: string; readonly bytes: Uint8Array };
  readonly report: InspectionReport;
  readonly manifest: Manifest;
  readonly manifestDigest: Sha256;
  readonly opening: SignedStatement;
  readonly log: MemoryLog;
  readonly bundle: Evidence;
}

const AT = '2026-03-01T12:00:00.000Z';
const later = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();

export function digestOf(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256;
}

const canonicalText = (value: unknown) => decodeUtf8(encodeCanonical(value));
const canonicalDigest = (value: unknown) => digestOf(encodeCanonical(value));

/** Opens, inspects, approves and (by the ledger's word) publishes one npm package. */
export async function createEvidence(options: EvidenceOptions = {}): Promise<EvidenceFixture> {
  const instance = await foundInstance(options);
  const release = await composeRelease(instance, options);
  const { log } = instance;
  const entry = (kind: EntryKind, minutes: number, digests: Record<string, Sha256>) =>
    appendEntry(log, { kind, at: later(minutes), release: release.manifest.release, digests });
  await appendEntry(log, {
    kind: 'genesis',
    at: AT,
    release: null,
    digests: { genesis: instance.genesisDigest },
  });
  await entry('release-opened', 1, { opening: digestOf(release.opening.envelope.payload) });
  const names = new Map([['genesis', 0]]);
  names.set('manifest', log.entries.length);
  await entry('manifest-issued', 2, { manifest: release.manifestDigest });

  const approvals: SignedStatement[] = [];
  const seenSizes: number[] = [];
  for (const person of options.approvers ?? ['bob', 'carol']) {
    const seen = await checkpointSeenOf(log);
    seenSizes.push(seen.size);
    const predicate: Approval = {
      schema: 'countersign/approval/v1',
      genesis: instance.genesisDigest,
      manifest: release.manifestDigest,
      release: release.manifest.release,
      attempt: 1,
      decision: 'approve',
      person: person as PersonId,
      acknowledged: release.toAcknowledge,
      waived: [],
      reason: null,
      client: 'terminal',
      issuedAt: later(3 + approvals.length),
      expiresAt: later(72 * 60),
      checkpointSeen: seen,
    };
    const payload = encodeApproval(
      release.manifest,
      release.manifestDigest,
      options.approval?.(predicate, person) ?? predicate,
    );
    const passkey = options.passkeys?.[person];
    const bySsh = () => instance.keys[person].sign('approval', payload);
    approvals.push(passkey?.sign(payload, options.passkeyParts) ?? bySsh());
    names.set(`approval-${approvals.length}`, log.entries.length);
    await entry('approval-recorded', 3 + approvals.length, { approval: digestOf(payload) });
  }
  if (options.used !== false) {
    names.set('credential-used', log.entries.length);
    await entry('credential-used', 10, { manifest: release.manifestDigest });
  }
  const proofs = await Promise.all(
    [...names].map(async ([name, index]) => ({
      name,
      entry: decodeUtf8(log.entries[index] ?? new Uint8Array()),
      proof: await log.proof(index),
    })),
  );
  const size = log.entries.length;
  const consistency = await Promise.all(
    [...new Set(seenSizes)].map(async (from) => ({
      from,
      hashes: (await consistencyProof(nodeCrypto, from, size, log.readNode)).map(encodeBase64),
    })),
  );
  return {
    ...instance,
    ...release,
    bundle: {
      schema: 'countersign/evidence/v1',
      genesis: { document: instance.genesisText, founding: instance.founding },
      manifest: canonicalText(release.manifest),
      report: canonicalText(release.report),
      statements: [release.opening],
      approvals,
      proofs,
      consistency,
    },
  };
}

type Instance = Awaited<ReturnType<typeof foundInstance>>;

/** The instance alone, with an empty log. */
export async function foundInstance(options: EvidenceOptions) {
  const [alice, bob, carol] = await Promise.all(FOUNDERS.map(() => createTestKey()));
  if (alice === undefined || bob === undefined || carol === undefined) throw new Error('no keys');
  const keys = { alice, bob, carol };
  const log = await createMemoryLog('release.example/ledger');
  const roster: Roster = {
    schema: 'countersign/roster/v1',
    version: 1,
    previous: null,
    people: FOUNDERS.map((id) => ({
      id: id as PersonId,
      name: `${id.slice(0, 1).toUpperCase()}${id.slice(1)}`,
      groups: GROUPS[id],
      keys: [{ kind: 'ssh' as const, publicKey: keys[id].publicKey }],
      ...options.passkeys?.[id]?.inRoster,
    })),
    bots: [],
  };
  const policy: Policy = {
    ...POLICY_DEFAULTS,
    source: 'asserted',
    ...options.policy,
    approvals: {
      minimum: 2,
      groups: {},
      requester: 'excluded',
      terminal: 1,
      expiresSeconds: 72 * 3600,
      ...options.approvals,
    },
  };
  const policyDocument: PolicyDocument = {
    schema: 'countersign/policy/v1',
    version: 1,
    previous: null,
    upstreams: {
      'npm-private': {
        ecosystem: 'npm',
        url: 'http://127.0.0.1:4873/',
        readUrl: null,
        mode: 'publish',
        credential: 'npm-private',
      },
    },
    projects: {
      aitbc: {
        repository: 'github.com/example/aitbc',
        packages: [
          {
            name: '@aitbc/explorer-web',
            ecosystem: 'npm',
            upstream: 'npm-private',
            files: { tarball: 1 },
          },
        ],
        policies: ['strict'],
      },
    },
    policies: { strict: policy },
    ...(options.passkeys && { passkeys: PASSKEY_SETTINGS }),
    ...(options.governance === undefined ? {} : { governance: options.governance }),
  };
  const genesis: Genesis = {
    schema: 'countersign/genesis/v1',
    name: 'release.example',
    foundedAt: AT,
    roster,
    policy: policyDocument,
    keys: {
      ledger: formatVerifierKey(log.signer.key),
      publisher: encodeBase64(new Uint8Array(32).fill(7)),
    },
    ...(options.recovery === undefined ? {} : { recovery: options.recovery }),
  };
  const genesisDigest = canonicalDigest(genesis);
  const founding = FOUNDERS.map((id) =>
    keys[id].sign(
      'genesis',
      encodeInstanceStatement('genesis', genesisDigest, {
        schema: 'countersign/founding/v1',
        genesis: genesisDigest,
        person: id,
      }),
    ),
  );
  const trust: Trust = {
    schema: 'countersign/trust/v1',
    genesis: genesisDigest,
    ledger: genesis.keys.ledger,
    witnesses: { quorum: 0, keys: [] },
    note: null,
  };
  const genesisText = canonicalText(genesis);
  const documents = { roster, policy, policyDocument, genesis, genesisText, genesisDigest };
  return { keys, log, ...documents, founding, trust };
}

async function composeRelease(instance: Instance, options: EvidenceOptions) {
  const bytes = options.artifact ?? encodeUtf8('not really a tarball');
  const file = 'aitbc-explorer-web-1.2.3.tgz';
  const release = createUuidV7(Date.parse(AT), new Uint8Array(10).fill(3)) as ReleaseId;
  const about = {
    project: 'aitbc',
    tag: 'v1.2.3',
    version: '1.2.3',
    commit: 'c0ffee0000000000000000000000000000000000',
  };
  const policyDigest = canonicalDigest(instance.policyDocument);
  const opener = options.opener ?? 'alice';
  const predicate: Opening = {
    schema: 'countersign/open/v1',
    genesis: instance.genesisDigest,
    release,
    ...about,
    opened: 'by-tag',
    policy: 'strict',
    packages: [],
    distTag: null,
    reopens: null,
    issuedAt: later(1),
  };
  const opening = instance.keys[opener].sign(
    'open',
    encodeInstanceStatement('open', instance.genesisDigest, predicate),
  );
  const plain: InspectionReport = {
    schema: 'countersign/inspection/v1',
    ruleSet: '1',
    inputs: {
      ...about,
      repository: 'github.com/example/aitbc',
      opened: 'by-tag',
      distTag: null,
      policy: { name: 'strict', document: policyDigest },
      source: { grade: 'asserted' },
      declared: [{ ecosystem: 'npm', package: '@aitbc/explorer-web', kind: 'tarball', count: 1 }],
      upstream: [],
      baselines: [],
      approved: [],
      requestDifferences: [],
    },
    artifacts: [
      {
        path: file,
        sha256: digestOf(bytes),
        sizeBytes: bytes.length,
        verdict: 'pass',
        findings: [],
        unread: [],
      },
    ],
    summaries: [],
    findings: [],
    unread: [],
    verdict: 'pass',
  };
  const report = options.report?.(plain) ?? plain;
  const complete: Manifest = {
    schema: 'countersign/manifest/v1',
    genesis: instance.genesisDigest,
    release,
    ...about,
    repository: 'github.com/example/aitbc',
    attempt: 1,
    action: 'publish',
    artifacts: [
      {
        ecosystem: 'npm',
        package: '@aitbc/explorer-web',
        version: '1.2.3',
        kind: 'tarball',
        file,
        sizeBytes: bytes.length,
        sha256: digestOf(bytes),
        sha512: createHash('sha512').update(bytes).digest('hex') as Sha512,
        metadata: canonicalDigest({ name: '@aitbc/explorer-web', version: '1.2.3' }),
      },
    ],
    upstreams: [
      { name: 'npm-private', ecosystem: 'npm', url: 'http://127.0.0.1:4873/', mode: 'publish' },
    ],
    distTags: [
      {
        ecosystem: 'npm',
        package: '@aitbc/explorer-web',
        tag: 'latest',
        from: '1.2.2',
        to: '1.2.3',
      },
    ],
    baselines: [],
    source: { grade: 'asserted', proof: null },
    requesters: [
      {
        person: opener as PersonId,
        as: 'opener',
        statement: digestOf(opening.envelope.payload),
      },
    ],
    inspection: {
      report: canonicalDigest(report),
      verdict: report.verdict === 'hold' ? 'hold' : 'pass',
      ruleSet: '1',
    },
    policy: { name: 'strict', version: 1, document: policyDigest },
    roster: { version: 1, document: canonicalDigest(instance.roster) },
  };
  const manifest = options.manifest?.(complete) ?? complete;
  const held = findingsOf(report).filter((one) => one.effect === 'hold');
  return {
    artifact: { file, bytes },
    report,
    toAcknowledge: held.map((one) => one.fingerprint),
    manifest,
    manifestDigest: canonicalDigest(manifest),
    opening,
  };
}
