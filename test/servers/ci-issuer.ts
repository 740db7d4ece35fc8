/** An OIDC issuer on loopback that signs tokens as GitHub and GitLab do, with real keys. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';

import type { CiConfig } from '../../src/core/policy-config.ts';

export type Claims = Readonly<Record<string, unknown>>;

export interface CiIssuer {
  /** As tokens name it: no slash at the end. */
  readonly url: string;
  /** A token of these claims; `undefined` leaves one out. Times and `jti` are filled in. */
  sign(claims: Claims, header?: Partial<JWTHeaderParameters>): Promise<string>;
  /** The environment of a GitHub job that may ask for tokens with these claims. */
  githubJob(claims?: Claims): Readonly<Record<string, string>>;
  /** The public key, as the JWKS shows it. */
  readonly publicKey: JWK;
  /** What the next answers to requests for configuration or keys are instead. */
  answerWith(answer: ((response: ServerResponse) => void) | null): void;
  /** How often somebody asked for the keys. */
  keyRequests(): number;
  stop(): Promise<void>;
}

export const REPOSITORY = '1001';
export const OWNER = '2002';
export const WORKFLOW = '.github/workflows/release.yml';
/** The first commit of `createCiRepository`. */
export const COMMIT = 'b8369ff0923f76140333510e78175a60a0890390';
/** GitHub account numbers; whose they are says the roster of a test. */
export const ACCOUNTS = { alice: '501', bob: '502', robot: '503', nobody: '599' } as const;

/** What a run of the release workflow at `ref` says of itself. */
export function githubClaims(ref: string, changes: Claims = {}): Claims {
  const repository = 'example/aitbc';
  const workflow = `${repository}/${WORKFLOW}@${ref}`;
  return {
    sub: `repo:example@${OWNER}/aitbc@${REPOSITORY}:ref:${ref}`,
    repository,
    repository_id: REPOSITORY,
    repository_owner: 'example',
    repository_owner_id: OWNER,
    repository_visibility: 'public',
    ref,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: 'true',
    sha: COMMIT,
    head_ref: '',
    base_ref: '',
    event_name: 'push',
    environment: 'release',
    workflow_ref: workflow,
    job_workflow_ref: workflow,
    workflow_sha: COMMIT,
    job_workflow_sha: COMMIT,
    runner_environment: 'github-hosted',
    actor: 'alice',
    actor_id: ACCOUNTS.alice,
    run_id: '77001',
    run_number: '7',
    run_attempt: '1',
    ...changes,
  };
}

/** What a GitLab job of the release pipeline at `ref` says of itself. */
export function gitlabClaims(site: string, tag: string, changes: Claims = {}): Claims {
  return {
    sub: `project_path:example/aitbc:ref_type:tag:ref:${tag}`,
    project_id: REPOSITORY,
    project_path: 'example/aitbc',
    namespace_id: OWNER,
    namespace_path: 'example',
    user_id: ACCOUNTS.alice,
    user_login: 'alice',
    user_email: 'alice@example.com',
    pipeline_id: '88001',
    pipeline_source: 'push',
    job_id: '99001',
    ref: tag,
    ref_type: 'tag',
    ref_path: `refs/tags/${tag}`,
    ref_protected: 'true',
    sha: COMMIT,
    environment: 'release',
    ci_config_ref_uri: `${site}/example/aitbc//.gitlab-ci.yml@refs/tags/${tag}`,
    ci_config_sha: COMMIT,
    runner_environment: 'self-hosted',
    ...changes,
  };
}

/** The binding that the claims below fit, for a gateway at `audience`. */
export function bindingOf(
  issuer: string,
  audience?: string,
  kind: CiConfig['kind'] = 'github',
): CiConfig {
  return {
    kind,
    issuer,
    audience,
    repository: REPOSITORY,
    owner: OWNER,
    workflow: kind === 'github' ? WORKFLOW : '.gitlab-ci.yml',
    environment: 'release',
  };
}

/** Starts an issuer with a key of `algorithm`. */
export async function startCiIssuer(algorithm: 'RS256' | 'ES256' = 'RS256'): Promise<CiIssuer> {
  const { privateKey, publicKey: key } = await generateKeyPair(algorithm, { extractable: true });
  const publicKey: JWK = { ...(await exportJWK(key)), kid: 'one', alg: algorithm, use: 'sig' };
  const jobs = new Map<string, Claims>();
  let instead: ((response: ServerResponse) => void) | null = null;
  let keyRequests = 0;
  let url = '';

  const sign: CiIssuer['sign'] = async (claims, header = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 600, exp: now + 300 };
    const all = { iss: url, jti: randomUUID(), ...times, ...claims };
    const kept = Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
    return new SignJWT(kept)
      .setProtectedHeader({ alg: algorithm, kid: 'one', typ: 'JWT', ...header })
      .sign(privateKey);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const json = (value: unknown) =>
      void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(value));
    if (pathname === '/request') {
      const claims = jobs.get((request.headers.authorization ?? '').replace(/^bearer /i, ''));
      if (claims === undefined) return void response.writeHead(401).end();
      const value = await sign({ aud: searchParams.get('audience'), ...claims });
      return json({ count: value.length, value });
    }
    if (pathname === '/keys') keyRequests += 1;
    if (instead !== null) return instead(response);
    if (pathname === '/.well-known/openid-configuration') {
      return json({ issuer: url, jwks_uri: `${url}/keys` });
    }
    if (pathname === '/keys') return json({ keys: [publicKey] });
    response.writeHead(404).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    sign,
    publicKey,
    githubJob(claims = {}) {
      const secret = randomUUID();
      jobs.set(secret, claims);
      return {
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/request?api-version=2`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret,
      };
    },
    answerWith(next) {
      instead = next;
    },
    keyRequests: () => keyRequests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
