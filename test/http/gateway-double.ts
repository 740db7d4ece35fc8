import { CountersignError } from '../../src/core/errors.ts';
import type { PersonId, ReleaseId, Sha256 } from '../../src/core/names.ts';
import type { Caller, Gateway, HeldFile, ReleaseView } from '../../src/gateway/gateway.ts';
import type { Log, SignedStatement } from '../../src/gateway/ports.ts';

/** http knows the Gateway interface alone, so its tests give it only the methods a test is about. */
export function gatewayWith(methods: Partial<Gateway>): Gateway {
  return new Proxy(methods as Gateway, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (method !== undefined) return method;
      throw new Error(`this test did not expect a call of ${String(name)}`);
    },
  });
}

export const RELEASE_ID = '019a0000-0000-7000-8000-00000000abcd' as ReleaseId;
export const DIGEST = 'ab'.repeat(32) as Sha256;
export const UPLOAD_TOKEN = ['upload', 'token'].join('-');
export const PERSON_TOKEN = ['person', 'token'].join('-');

/** Knows two tokens; all others are refused. */
export async function identify(bearer: string | null): Promise<Caller> {
  if (bearer === UPLOAD_TOKEN) return { kind: 'upload', release: RELEASE_ID };
  if (bearer === PERSON_TOKEN) return { kind: 'person', personId: 'alice' as PersonId };
  throw new CountersignError('unauthenticated', 'the token is not known, or no longer valid');
}

export async function resolveRelease(reference: string): Promise<ReleaseId> {
  if (reference === RELEASE_ID || reference === 'abcdefghjk') return RELEASE_ID;
  throw new CountersignError('not-found', 'there is no such release');
}

export const statement: SignedStatement = {
  signature: 'sshsig',
  envelope: {
    payloadType: 'application/vnd.in-toto+json',
    payload: new TextEncoder().encode('{"a":1}'),
    signature: { keyid: 'SHA256:abc', sig: Uint8Array.of(1, 2, 3) },
  },
};

export const heldTarball: HeldFile = {
  ecosystem: 'npm',
  package: '@acme/one',
  version: '1.2.3',
  kind: 'tarball',
  file: 'one-1.2.3.tgz',
  sizeBytes: 5,
  sha256: DIGEST,
  sha512: 'cd'.repeat(64),
  sha1: 'ef'.repeat(20),
  metadata: { name: '@acme/one', version: '1.2.3', dependencies: { left: '^1.0.0' } },
};

export const heldWheel: HeldFile = {
  ...heldTarball,
  ecosystem: 'pypi',
  package: 'acme-one',
  kind: 'wheel',
  file: 'acme_one-1.2.3-py3-none-any.whl',
  metadata: [
    ['name', 'acme-one'],
    ['requires_python', '>=3.9'],
  ],
};

export function releaseView(changes: Partial<ReleaseView> = {}): ReleaseView {
  return {
    id: RELEASE_ID,
    shortId: 'abcdefghjk',
    project: 'acme',
    tag: 'v1.2.3',
    version: '1.2.3',
    attempt: 1,
    state: 'receiving',
    reason: null,
    policy: 'strict',
    opened: 'by-tag',
    openedAt: '2026-01-31T12:00:00.000Z',
    sealedAt: null,
    expiresAt: null,
    commit: null,
    distTag: null,
    requesters: ['alice'],
    runs: [],
    breakGlass: null,
    reviewDueAt: null,
    needsAdoption: false,
    missing: ['1 wheel of acme-one'],
    artifacts: [],
    manifest: null,
    verdict: null,
    quorum: { met: false, rejectedBy: null, counted: [], ignored: [], missing: ['2 more of 2'] },
    effects: [{ kind: 'publish', target: { a: [1, null] }, state: 'planned', outcome: null }],
    events: [],
    ...changes,
  };
}

export interface LoggedLine {
  readonly level: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that keeps its lines. */
export function keepingLog(): Log & { readonly lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const at =
    (level: string): Log['info'] =>
    (event, fields = {}) => {
      lines.push({ level, event, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
