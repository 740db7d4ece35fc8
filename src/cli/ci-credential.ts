/** The identity of a GitHub job, traded for upload credentials; what npm and uv do by themselves. */
import { CountersignError } from '../core/errors.ts';
import { Secret } from '../host/secret.ts';
import type { CommandHost } from './command.ts';

/** A credential for the files of a package; asked for once for each that the gateway tells apart. */
export type CredentialOf = (target: {
  readonly ecosystem: string;
  readonly package: string;
}) => Promise<Secret>;

/** Where GitHub's runner says whom to ask for an identity, and with what. */
const REQUEST_URL = 'ACTIONS_ID_TOKEN_REQUEST_URL';
const REQUEST_TOKEN = 'ACTIONS_ID_TOKEN_REQUEST_TOKEN';
const ANSWER_MAX_LENGTH = 64 * 1024;
const ASK_MS = 30_000;

/**
 * Null where this is no job that may ask for an identity. The credentials throw `identity-refused`
 * with what the gateway says, `server-unreachable` where forge or gateway does not answer.
 */
export function ciCredentials(
  { env, fetch }: Pick<CommandHost, 'env' | 'fetch'>,
  origin: string,
): CredentialOf | null {
  const [address = '', bearer = ''] = [env[REQUEST_URL], env[REQUEST_TOKEN]];
  if (address === '' || bearer === '') return null;
  const given = new Map<string, Promise<Secret>>();

  async function identity(audience: string): Promise<string> {
    const url = new URL(address);
    url.searchParams.set('audience', audience);
    const headers = { authorization: `bearer ${bearer}` };
    return field(await ask(fetch, url, { headers }, 'the forge'), 'value', 'the forge');
  }

  /** A token is good once: npm's exchange takes one for each package. */
  async function forPackage(name: string): Promise<Secret> {
    const token = await identity(`npm:${new URL(origin).hostname}`);
    const url = new URL(
      `/-/npm/v1/oidc/token/exchange/package/${encodeURIComponent(name)}`,
      origin,
    );
    const request = { method: 'POST', headers: { authorization: `Bearer ${token}` } };
    return new Secret(field(await ask(fetch, url, request, 'the gateway'), 'token', 'the gateway'));
  }

  async function forProject(): Promise<Secret> {
    const told = await ask(fetch, new URL('/_/oidc/audience', origin), {}, 'the gateway');
    const token = await identity(field(told, 'audience', 'the gateway'));
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    };
    const answer = await ask(fetch, new URL('/_/oidc/mint-token', origin), request, 'the gateway');
    return new Secret(field(answer, 'token', 'the gateway'));
  }

  return (target) => {
    const isNpm = target.ecosystem === 'npm';
    const key = isNpm ? `npm ${target.package}` : target.ecosystem;
    const known = given.get(key) ?? (isNpm ? forPackage(target.package) : forProject());
    given.set(key, known);
    return known;
  };
}

/** Follows no redirect: what is sent opens a release. */
async function ask(
  fetch: CommandHost['fetch'],
  url: URL,
  init: RequestInit,
  who: string,
): Promise<unknown> {
  const response = await fetch(url, {
    ...init,
    redirect: 'manual',
    signal: AbortSignal.timeout(ASK_MS),
  }).catch((cause: unknown) => {
    throw new CountersignError('server-unreachable', `${who} at ${url.origin} does not answer`, {
      cause,
    });
  });
  const text = (await response.text()).slice(0, ANSWER_MAX_LENGTH);
  const answer = parse(text);
  if (response.ok && answer !== null) return answer;
  const isRefusal = response.status >= 400 && response.status < 500;
  throw new CountersignError(
    isRefusal ? 'identity-refused' : 'server-unreachable',
    `${who} gave no credential to this run: status ${response.status}${reasonOf(answer)}`,
    {
      hint: 'the job needs "permissions: id-token: write", and projects.NAME.ci of the signed rules says which runs may ask',
    },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function reasonOf(answer: unknown): string {
  const { message, errors } = Object(answer) as { message?: unknown; errors?: unknown };
  const [first] = Array.isArray(errors) ? (errors as readonly unknown[]) : [];
  const { description } = Object(first) as { description?: unknown };
  const said = typeof description === 'string' ? description : message;
  // printable ASCII in one line: it goes into the log of a job
  return typeof said === 'string'
    ? `, ${said.replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, 500)}`
    : '';
}

function field(answer: unknown, name: string, who: string): string {
  const value = (Object(answer) as Readonly<Record<string, unknown>>)[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new CountersignError('server-unreachable', `${who} answered without "${name}"`);
}
