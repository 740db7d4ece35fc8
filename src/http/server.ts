/** The HTTP server: one socket for all surfaces, bounded in every direction. */

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { CountersignError } from '../core/errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Log } from '../gateway/ports.ts';
import { API_PREFIX, createApi } from './app.ts';
import type { SurfaceDeps } from './call.ts';
import { createIdentify, remoteAddress } from './callers.ts';
import { answer, type Exchange } from './exchange.ts';
import { createFailedAuthentications } from './failed-authentications.ts';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from './limits.ts';
import { createLogSurface } from './log.ts';
import { createRootNpmSurface } from './npm/npm-exchange.ts';
import { createNpmSurface } from './npm/npm-surface.ts';
import type { PageFiles } from './pages/page-surface.ts';
import { createPages } from './pages/pages.ts';
import { reportFailure } from './problem.ts';
import { createPypiExchange } from './pypi/pypi-exchange.ts';
import { createPypiSurface } from './pypi/pypi-surface.ts';
import { createTokenExchange } from './token-exchange.ts';
import { createUploads } from './uploads.ts';

export interface HttpServerDeps {
  readonly gateway: Gateway;
  readonly log: Log;
  /** What is not named is `DEFAULT_HTTP_LIMITS`. */
  readonly limits?: Partial<HttpLimits>;
  /** The address that clients use, without a slash at the end; the request's own host where null. */
  readonly origin?: string | null;
  /** The pages for browsers; none are served without them, or without an origin. */
  readonly pages?: PageFiles;
  /** A clock that does not run backwards, in milliseconds. */
  readonly nowMs?: () => number;
}

type Surface = (exchange: Exchange) => Promise<void>;

/**
 * A server that is not listening yet. `close()` takes no new connections, ends idle ones and waits
 * for the calls under way.
 */
export function createHttpServer(options: HttpServerDeps): Server {
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const nowMs = options.nowMs ?? (() => performance.now());
  const surfaceOf = createSurfaces(options, limits, nowMs);
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: Math.min(5000, limits.headersMs),
  });
  server.maxConnections = limits.connections;
  const serve = (request: IncomingMessage, response: ServerResponse, expects: boolean): void => {
    const exchange = exchangeOf(request, response, limits, expects);
    addStandardHeaders(exchange, options.origin ?? null);
    logWhenDone(exchange, options.log, nowMs);
    surfaceOf(exchange)
      .then((surface) => surface(exchange))
      .catch((error: unknown) => {
        reportFailure(error, options.log, exchange.call.id);
        response.destroy();
      });
  };
  server.on('request', (request, response) => serve(request, response, false));
  server.on('checkContinue', (request, response) => serve(request, response, true));
  // what npm or twine upload must not be held up by a protocol that nobody speaks here
  server.on('upgrade', (_request, socket) => socket.destroy());
  return server;
}

function createSurfaces(
  { gateway, log, pages, origin = null }: HttpServerDeps,
  limits: HttpLimits,
  nowMs: () => number,
): (exchange: Exchange) => Promise<Surface> {
  const window = { windowMs: limits.failedAuthenticationsMs, nowMs };
  const failures = createFailedAuthentications({
    allowed: limits.failedAuthentications,
    ...window,
  });
  const people = createFailedAuthentications({
    allowed: limits.failedSignIns,
    by: 'of this person',
    ...window,
  });
  const deps: SurfaceDeps = {
    gateway,
    log,
    limits,
    identify: createIdentify({ gateway, failures }),
  };
  const uploads = createUploads(deps);
  const exchangeToken = createTokenExchange({ gateway, failures });
  const exchangeDeps = { ...deps, exchangeToken };
  const npm = createNpmSurface(
    { ...exchangeDeps, uploads },
    '/npm/',
    (one) => origin ?? originOf(one),
  );
  const surfaces: readonly (readonly [string, Surface])[] = [
    ['/npm/', npm],
    ['/-/', createRootNpmSurface(exchangeDeps)],
    ['/_/oidc/', createPypiExchange(exchangeDeps)],
    ['/pypi/', createPypiSurface({ ...deps, uploads })],
    ['/log/', createLogSurface(deps)],
    [`${API_PREFIX}/`, createApiSurface(deps)],
  ];
  const nowhere = createNowhere(deps);
  const pageOf =
    pages === undefined || origin === null
      ? null
      : createPages({ ...deps, files: pages, failures, people, origin, nowMs });
  return async (exchange) => {
    const page = (await pageOf?.(exchange)) ?? null;
    if (page !== null) return page;
    return surfaces.find(([prefix]) => exchange.path.startsWith(prefix))?.[1] ?? nowhere;
  };
}

function createApiSurface(deps: SurfaceDeps): Surface {
  const api = createApi(deps);
  const calls = new WeakMap<object, Exchange>();
  const listener = getRequestListener(
    (request, env) => {
      const exchange = calls.get(env.incoming);
      if (exchange === undefined) throw new Error('a request came without its exchange');
      return api.fetch(request, {
        call: exchange.call,
        abort: (error) => {
          reportFailure(error, deps.log, exchange.call.id);
          exchange.response.destroy();
        },
      });
    },
    { overrideGlobalObjects: false },
  );
  return async (exchange) => {
    calls.set(exchange.request, exchange);
    if (exchange.expectsContinue) exchange.response.writeContinue();
    await listener(exchange.request, exchange.response);
  };
}

function createNowhere(deps: SurfaceDeps): Surface {
  return (exchange) =>
    answer(exchange, deps.limits, {
      status: 404,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'there is nothing here: see /npm/, /pypi/legacy/, /pypi/simple/, /log/ and /api/v1\n',
    });
}

function exchangeOf(
  request: IncomingMessage,
  response: ServerResponse,
  limits: HttpLimits,
  expectsContinue: boolean,
): Exchange {
  // the absolute form of RFC 9112 section 3.2.2 is the same request
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*/i, '');
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  const forwarded = request.headers['x-forwarded-for'];
  return {
    request,
    response,
    path: path.startsWith('/') ? path : `/${path}`,
    query: new URLSearchParams(query),
    expectsContinue,
    call: {
      id: randomBytes(5).toString('hex'),
      address: remoteAddress(
        request.socket.remoteAddress,
        Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
        limits.trustedProxies,
      ),
      authorization: request.headers.authorization,
    },
  };
}

function addStandardHeaders({ response, call }: Exchange, origin: string | null): void {
  response.setHeader('x-request-id', call.id);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('cache-control', 'no-store');
  if (origin?.startsWith('https:') === true) {
    response.setHeader('strict-transport-security', 'max-age=31536000');
  }
}

function logWhenDone(
  { request, response, path, call }: Exchange,
  log: Log,
  nowMs: () => number,
): void {
  const startedMs = nowMs();
  response.once('close', () => {
    log.info('http.request', {
      request: call.id,
      method: request.method ?? '',
      surface: /^\/(?:npm|-|_|pypi|log|api|sign-in|approve)(?=\/)/.exec(path)?.[0] ?? 'other',
      status: response.headersSent ? response.statusCode : null,
      isComplete: response.writableFinished,
      durationMs: Math.round(nowMs() - startedMs),
    });
  });
}

/** Only where no address is configured: what the client says it called. */
function originOf({ request }: Exchange): string {
  const { host = '' } = request.headers;
  return `http://${/^[A-Za-z0-9.:[\]-]{1,255}$/.test(host) ? host : 'localhost'}`;
}

/** What is said where the configured address cannot be listened on. */
export function cannotListen(host: string, port: number, cause: unknown): CountersignError {
  const code = (cause as NodeJS.ErrnoException).code;
  return new CountersignError(
    'config-invalid',
    `cannot listen on ${host}:${port}: ${code === 'EADDRINUSE' ? 'another program has this port' : String(code)}`,
    { hint: 'set gateway.listen in countersign.yaml to a free port', cause },
  );
}
