/** The HTTP API as functions. Runs in Node and in browsers. */
import type { Sha256 } from '../core/names.ts';
import { joinBytes } from '../formats/bytes.ts';
import type { PasskeyView, SessionView } from '../gateway/browser-gateway.ts';
import type {
  Caller,
  GenesisAnswer,
  GovernanceView,
  OpenAnswer,
  OpenRequest,
  ProposalRequest,
  ProposalView,
  RecoveryRequest,
  RecoveryView,
  ReleaseView,
  ReportView,
  ReviewBundle,
  SessionChallenge,
} from '../gateway/gateway.ts';
import type { SignedStatement } from '../gateway/ports.ts';
import {
  depositAnswer,
  type Grants,
  genesisAnswer,
  genesisFromWire,
  grantList,
  type Health,
  health,
  type VaultCredentials,
  vaultList,
} from '../wire/administration.ts';
import {
  governance,
  proposal,
  proposalFromWire,
  proposalList,
  recoveryAnswer,
} from '../wire/governance.ts';
import { openAnswer, release, releaseList } from '../wire/release.ts';
import { report, reviewBundle } from '../wire/review.ts';
import {
  caller,
  type OpenedSession,
  openedSession,
  type PasskeyLink,
  passkeyLink,
  passkeyList,
  sessionChallenge,
  sessionList,
} from '../wire/session.ts';
import { statementFromWire, statementToWire, type WireStatement } from '../wire/statement.ts';
import {
  type ApiRequest,
  type Connection,
  readBytes,
  readJson,
  readText,
  send,
} from './exchange.ts';

/**
 * Every method throws CountersignError: with the gateway's own code where it refused, with
 * 'server-unreachable' where it could not be reached or did not answer like a gateway.
 * `reference` is a release's id or short id.
 */
export interface Client {
  challenge(): Promise<SessionChallenge>;
  openSession(statement: SignedStatement): Promise<OpenedSession>;
  closeSession(): Promise<void>;
  /** Who the gateway takes us for. */
  caller(): Promise<Caller>;
  sessions(): Promise<readonly SessionView[]>;
  /** Answers those that are left. Throws 'not-found'. */
  revokeSession(id: string): Promise<readonly SessionView[]>;
  /** Passkeys to sign in with. */
  passkeys(): Promise<readonly PasskeyView[]>;
  revokePasskey(credentialId: string): Promise<readonly PasskeyView[]>;
  linkPasskey(): Promise<PasskeyLink>;

  /** `reopens` may be a short id. */
  open(
    request: Omit<OpenRequest, 'reopens'> & { readonly reopens: string | null },
  ): Promise<OpenAnswer>;
  releases(filter?: {
    readonly project?: string;
    readonly limit?: number;
  }): Promise<readonly ReleaseView[]>;
  release(reference: string): Promise<ReleaseView>;
  adopt(reference: string, statement: SignedStatement): Promise<ReleaseView>;
  seal(reference: string): Promise<ReleaseView>;
  inspectAgain(reference: string): Promise<ReleaseView>;
  cancel(reference: string, reason: string | null): Promise<ReleaseView>;
  approve(reference: string, statement: SignedStatement): Promise<ReleaseView>;
  publish(reference: string): Promise<ReleaseView>;
  resume(reference: string): Promise<ReleaseView>;

  report(reference: string): Promise<ReportView>;
  review(reference: string): Promise<ReviewBundle>;
  /** Canonical JSON text, byte for byte as the gateway has it. */
  evidence(reference: string): Promise<string>;
  /** Bytes as they arrive; the caller compares their digest. */
  artifact(reference: string, sha256: Sha256): AsyncIterable<Uint8Array>;

  grant(statement: SignedStatement): Promise<void>;
  grants(project: string): Promise<Grants>;
  /** Ends every credential of this name; answers all of that name. Throws 'not-found'. */
  revokeGrant(project: string, name: string): Promise<Grants>;
  deposit(statement: SignedStatement, sealed: string): Promise<{ readonly version: number }>;
  vault(): Promise<VaultCredentials>;

  propose(request: ProposalRequest): Promise<ProposalView>;
  /** `reference` is a proposal's id, or the first digits of its digest. */
  ballot(reference: string, statement: SignedStatement): Promise<ProposalView>;
  proposal(reference: string): Promise<ProposalView>;
  /** Newest first. */
  proposals(): Promise<readonly ProposalView[]>;
  governance(): Promise<GovernanceView>;
  suspend(statement: SignedStatement): Promise<GovernanceView>;
  recover(request: RecoveryRequest): Promise<RecoveryView>;
  vetoRecovery(statement: SignedStatement): Promise<GovernanceView>;
  withdraw(reference: string, statement: SignedStatement): Promise<ReleaseView>;
  recordReview(reference: string, statement: SignedStatement): Promise<ReleaseView>;

  /** The founding and every change since, with their proofs. */
  genesis(): Promise<GenesisAnswer>;
  /** Newest signed note. Throws 'not-found' before the first. */
  checkpoint(): Promise<string>;
  /** C2SP path below `/log/`, such as `tile/0/000`. Throws 'not-found'. */
  tile(path: string): Promise<Uint8Array>;
  /** Answers, with `ok` false, also where the gateway does not work. */
  health(): Promise<Health>;
}

/**
 * A client of the gateway at `origin` (`https://release.example.com`). Without `token` calls are
 * anonymous. Redirects are never followed. `timeoutMs` (default 60,000) runs until an answer begins.
 */
export function createClient(options: {
  readonly origin: string;
  readonly token?: string | null;
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMs?: number;
}): Client {
  const connection: Connection = {
    origin: options.origin,
    token: options.token ?? null,
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMs: options.timeoutMs ?? 60_000,
  };
  return {
    ...sessionMethods(connection),
    ...releaseMethods(connection),
    ...governanceMethods(connection),
    ...otherMethods(connection),
  };
}

function api(path: string): string {
  return `/api/v1${path}`;
}

function get(path: string): ApiRequest {
  return { method: 'GET', path: api(path) };
}

function post(path: string, body?: unknown): ApiRequest {
  return { method: 'POST', path: api(path), ...(body === undefined ? {} : { body }) };
}

type SessionMethods = Pick<
  Client,
  | 'challenge'
  | 'openSession'
  | 'closeSession'
  | 'caller'
  | 'sessions'
  | 'revokeSession'
  | 'passkeys'
  | 'revokePasskey'
  | 'linkPasskey'
>;

function sessionMethods(to: Connection): SessionMethods {
  const remove = (path: string) => send(to, { method: 'DELETE', path: api(path) });
  return {
    challenge: async () => readJson(sessionChallenge, await send(to, post('/sessions/challenge'))),
    openSession: async (statement) =>
      readJson(openedSession, await send(to, post('/sessions', withStatement(statement)))),
    closeSession: async () => {
      await send(to, { method: 'DELETE', path: api('/sessions') });
    },
    caller: async () => readJson(caller, await send(to, get('/caller'))),
    sessions: async () => (await readJson(sessionList, await send(to, get('/sessions')))).sessions,
    revokeSession: async (id) =>
      (await readJson(sessionList, await remove(`/sessions/${encodeURIComponent(id)}`))).sessions,
    passkeys: async () => (await readJson(passkeyList, await send(to, get('/passkeys')))).passkeys,
    revokePasskey: async (credentialId) => {
      const path = `/passkeys/${encodeURIComponent(credentialId)}`;
      return (await readJson(passkeyList, await remove(path))).passkeys;
    },
    linkPasskey: async () => readJson(passkeyLink, await send(to, post('/passkeys/links'))),
  };
}

type ReleaseMethods = Pick<
  Client,
  | 'open'
  | 'releases'
  | 'release'
  | 'adopt'
  | 'seal'
  | 'inspectAgain'
  | 'cancel'
  | 'approve'
  | 'withdraw'
  | 'recordReview'
  | 'publish'
  | 'resume'
  | 'report'
  | 'review'
  | 'evidence'
  | 'artifact'
>;

function releaseMethods(to: Connection): ReleaseMethods {
  const step = async (reference: string, word: string, body?: unknown): Promise<ReleaseView> =>
    readJson(release, await send(to, post(`${pathOf(reference)}/${word}`, body)));
  return {
    open: async ({ statement, ...request }) => {
      const signed = statement === null ? null : statementToWire(statement);
      return readJson(
        openAnswer,
        await send(to, post('/releases', { ...request, statement: signed })),
      );
    },
    releases: async (filter = {}) => {
      const query = new URLSearchParams();
      if (filter.project !== undefined) query.set('project', filter.project);
      if (filter.limit !== undefined) query.set('limit', String(filter.limit));
      const answer = await send(to, get(`/releases?${query}`));
      return (await readJson(releaseList, answer)).releases;
    },
    release: async (reference) => readJson(release, await send(to, get(pathOf(reference)))),
    adopt: (reference, statement) => step(reference, 'adopt', withStatement(statement)),
    approve: (reference, statement) => step(reference, 'approvals', withStatement(statement)),
    withdraw: (reference, statement) => step(reference, 'withdrawals', withStatement(statement)),
    recordReview: (reference, statement) => step(reference, 'reviews', withStatement(statement)),
    cancel: (reference, reason) => step(reference, 'cancel', { reason }),
    seal: (reference) => step(reference, 'seal'),
    inspectAgain: (reference) => step(reference, 'inspect'),
    publish: (reference) => step(reference, 'publish'),
    resume: (reference) => step(reference, 'resume'),
    report: async (reference) =>
      readJson(report, await send(to, get(`${pathOf(reference)}/report`))),
    review: async (reference) => {
      const bundle = await readJson(
        reviewBundle,
        await send(to, get(`${pathOf(reference)}/review`)),
      );
      return {
        ...bundle,
        founding: bundle.founding.map(statementFromWire),
        opening: bundle.opening.map(statementFromWire),
      };
    },
    evidence: async (reference) => readText(await send(to, get(`${pathOf(reference)}/evidence`))),
    artifact: async function* (reference, sha256) {
      const path = `${pathOf(reference)}/artifacts/${encodeURIComponent(sha256)}`;
      yield* readBytes(await send(to, get(path)));
    },
  };
}

type GovernanceMethods = Pick<
  Client,
  | 'propose'
  | 'ballot'
  | 'proposal'
  | 'proposals'
  | 'governance'
  | 'suspend'
  | 'recover'
  | 'vetoRecovery'
>;

function governanceMethods(to: Connection): GovernanceMethods {
  const below = (reference: string) => `/proposals/${encodeURIComponent(reference)}`;
  const all = (list: readonly SignedStatement[]) => list.map(statementToWire);
  return {
    propose: async ({ statement, enrolments, documents }) => {
      const body = { ...withStatement(statement), enrolments: all(enrolments), documents };
      return proposalFromWire(await readJson(proposal, await send(to, post('/proposals', body))));
    },
    ballot: async (reference, statement) => {
      const request = post(`${below(reference)}/ballots`, withStatement(statement));
      return proposalFromWire(await readJson(proposal, await send(to, request)));
    },
    proposal: async (reference) =>
      proposalFromWire(await readJson(proposal, await send(to, get(below(reference))))),
    proposals: async () => {
      const { proposals } = await readJson(proposalList, await send(to, get('/proposals')));
      return proposals.map(proposalFromWire);
    },
    governance: async () => readJson(governance, await send(to, get('/governance'))),
    suspend: async (statement) =>
      readJson(governance, await send(to, post('/suspensions', withStatement(statement)))),
    vetoRecovery: async (statement) =>
      readJson(governance, await send(to, post('/vetoes', withStatement(statement)))),
    recover: async ({ statements, enrolments, documents }) => {
      const body = { statements: all(statements), enrolments: all(enrolments), documents };
      return readJson(recoveryAnswer, await send(to, post('/recoveries', body)));
    },
  };
}

type OtherMethods = Pick<
  Client,
  | 'grant'
  | 'grants'
  | 'revokeGrant'
  | 'deposit'
  | 'vault'
  | 'genesis'
  | 'checkpoint'
  | 'tile'
  | 'health'
>;

function otherMethods(to: Connection): OtherMethods {
  return {
    grant: async (statement) => {
      await send(to, post('/credentials', withStatement(statement)));
    },
    grants: async (project) => {
      const path = `/credentials?project=${encodeURIComponent(project)}`;
      return (await readJson(grantList, await send(to, get(path)))).grants;
    },
    revokeGrant: async (project, name) => {
      const path = api(`/credentials?${new URLSearchParams({ project, name })}`);
      return (await readJson(grantList, await send(to, { method: 'DELETE', path }))).grants;
    },
    deposit: async (statement, sealed) =>
      readJson(
        depositAnswer,
        await send(to, post('/vault', { ...withStatement(statement), sealed })),
      ),
    vault: async () => (await readJson(vaultList, await send(to, get('/vault')))).credentials,
    genesis: async () =>
      genesisFromWire(await readJson(genesisAnswer, await send(to, get('/genesis')))),
    checkpoint: async () => readText(await send(to, { method: 'GET', path: '/log/checkpoint' })),
    tile: async (path) => {
      const parts: Uint8Array[] = [];
      const answer = await send(to, { method: 'GET', path: `/log/${path}` });
      for await (const chunk of readBytes(answer)) parts.push(chunk);
      return joinBytes(parts);
    },
    health: async () => readJson(health, await send(to, get('/health'), [503])),
  };
}

function pathOf(reference: string): string {
  return `/releases/${encodeURIComponent(reference)}`;
}

function withStatement(statement: SignedStatement): { readonly statement: WireStatement } {
  return { statement: statementToWire(statement) };
}
