/**
 * One set of pages on one origin: documents and scripts as they lie in the package, and calls in
 * JSON that only those pages may make. Every surface has a cookie of its own.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { CountersignError, isCountersignError } from '../../core/errors.ts';
import type { BrowserCaller } from '../../gateway/browser-gateway.ts';
import type { IssuedSecret } from '../../gateway/gateway.ts';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../../wire/problem.ts';
import type { SurfaceDeps } from '../call.ts';
import { type Answer, answer, type Exchange } from '../exchange.ts';
import type { FailedAuthentications } from '../failed-authentications.ts';
import { reportFailure } from '../problem.ts';
import { readRequestBody } from '../request-body.ts';
import { firstIssue } from '../routes/validation.ts';
import { type CookieRule, formatCookie, readCookie } from './cookie.ts';
import { requireSameOrigin } from './same-origin.ts';

/** A file of `pages/`, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export type PageFiles = ReadonlyMap<string, PageFile>;

/** What a call of a page is given. */
export interface PageCall {
  readonly address: string;
  /** What the pattern of the route caught. */
  readonly caught: string;
  /** Throws 'usage' where the body does not fit. */
  body<T>(schema: z.ZodType<T>): T;
  /** The person who is signed in. Throws 'unauthenticated'. */
  person(): Promise<BrowserCaller & { readonly token: string }>;
}

/** `session` becomes the cookie, null removes it. */
export interface PageAnswer {
  readonly json: unknown;
  readonly session?: IssuedSecret | null;
}

export interface PageRoute {
  readonly method: 'GET' | 'POST';
  /** What follows `api/`, as a whole; its first group is caught. */
  readonly path: RegExp;
  run(call: PageCall): Promise<PageAnswer>;
}

export interface PageSurface {
  /** Such as `/sign-in/`. */
  readonly prefix: string;
  readonly via: 'sign-in' | 'approval';
  readonly origins: readonly string[];
  readonly cookie: CookieRule;
  /** Which document a path is. */
  readonly documents: readonly (readonly [path: RegExp, file: string])[];
  readonly routes: readonly PageRoute[];
}

export interface PageDeps extends Pick<SurfaceDeps, 'gateway' | 'log' | 'limits'> {
  readonly files: PageFiles;
  readonly failures: FailedAuthentications;
}

const MAX_BODY_BYTES = 512 * 1024;
const CSRF_HEADER = 'x-countersign-page';

const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=()',
} as const;

/** Answers one request below the surface's prefix. Never throws. */
export async function servePages(
  deps: PageDeps,
  surface: PageSurface,
  exchange: Exchange,
): Promise<void> {
  try {
    await answer(exchange, deps.limits, await respond(deps, surface, exchange));
  } catch (error) {
    const shown = reportFailure(error, deps.log, exchange.call.id);
    const problem = problemOf(shown, exchange.call.id);
    await answer(exchange, deps.limits, {
      status: problem.status,
      headers: {
        'content-type': PROBLEM_MEDIA_TYPE,
        ...(shown.code === 'rate-limited' ? { 'retry-after': '60' } : {}),
      },
      body: JSON.stringify(problem),
    });
  }
}

async function respond(deps: PageDeps, surface: PageSurface, exchange: Exchange): Promise<Answer> {
  const path = exchange.path.slice(surface.prefix.length);
  if (path.startsWith('api/')) return call(deps, surface, exchange, path.slice('api/'.length));
  const name = path.startsWith('assets/')
    ? path.slice('assets/'.length)
    : surface.documents.find(([pattern]) => pattern.test(path))?.[1];
  const file = deps.files.get(name ?? '');
  const isPage =
    file !== undefined && path.startsWith('assets/') !== (name ?? '').endsWith('.html');
  if (!isPage) throw new CountersignError('not-found', 'there is no such page');
  const { method } = exchange.request;
  if (method !== 'GET' && method !== 'HEAD') {
    throw new CountersignError('forbidden', 'pages are only read');
  }
  return { status: 200, headers: { ...PAGE_HEADERS, 'content-type': file.type }, body: file.bytes };
}

async function call(
  deps: PageDeps,
  surface: PageSurface,
  exchange: Exchange,
  path: string,
): Promise<Answer> {
  const { method, headers } = exchange.request;
  const route = surface.routes.find((one) => one.method === method && one.path.test(path));
  if (route === undefined) throw new CountersignError('not-found', 'there is no such call');
  requireSameOrigin(exchange.request, surface.origins);
  const { address } = exchange.call;
  deps.failures.assertAllowed(address);
  const body = method === 'POST' ? await readJsonBody(deps, exchange) : undefined;
  const token = readCookie(headers.cookie, surface.cookie);
  try {
    const { json, session } = await route.run({
      address,
      caught: route.path.exec(path)?.[1] ?? '',
      body: (schema) => {
        const parsed = schema.safeParse(body);
        if (parsed.success) return parsed.data;
        throw firstIssue('json', parsed.error);
      },
      person: async () => {
        if (token === null) throw new CountersignError('unauthenticated', 'nobody is signed in');
        if (method === 'POST') requireCsrf(headers[CSRF_HEADER], token);
        return { ...(await deps.gateway.identifyBrowser(token, surface.via)), token };
      },
    });
    return {
      status: 200,
      headers: { 'content-type': 'application/json', ...cookieOf(surface.cookie, session) },
      body: JSON.stringify(json),
    };
  } catch (error) {
    const isFailure = isCountersignError(error) && error.code === 'unauthenticated';
    // somebody whose session ran out presents a cookie too: only what was tried is counted
    if (isFailure && (method === 'POST' || token !== null)) deps.failures.record(address);
    throw error;
  }
}

function cookieOf(
  rule: CookieRule,
  session: IssuedSecret | null | undefined,
): Readonly<Record<string, string>> {
  if (session === undefined) return {};
  if (session === null) return { 'set-cookie': formatCookie(rule, '', 0) };
  const seconds = Math.max(1, Math.round((Date.parse(session.expiresAt) - Date.now()) / 1000));
  return { 'set-cookie': formatCookie(rule, session.token, seconds) };
}

/** What the page has to send back with every change: known to those who may read our answers. */
export function csrfOf(token: string): string {
  return createHash('sha256').update(`page ${token}`).digest('base64url');
}

function requireCsrf(found: string | string[] | undefined, token: string): void {
  const expected = Buffer.from(csrfOf(token));
  const given = Buffer.from(typeof found === 'string' ? found : '');
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new CountersignError('forbidden', 'the request does not come from the page that is open', {
    hint: 'load the page again',
  });
}

/** JSON alone: no form of another page can send it. */
async function readJsonBody(deps: PageDeps, exchange: Exchange): Promise<unknown> {
  if (exchange.request.headers['content-type'] !== 'application/json') {
    throw new CountersignError('usage', 'expected a body with content-type application/json');
  }
  const chunks: Uint8Array[] = [];
  const limits = { ...deps.limits, uploadBodyBytes: MAX_BODY_BYTES };
  for await (const chunk of readRequestBody(exchange, limits)) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new CountersignError('usage', 'the request body is not JSON');
  }
}
