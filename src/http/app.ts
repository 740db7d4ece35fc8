/** The API under /api/v1 as a Hono app: request in, response out, no socket needed. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../wire/problem.ts';
import type { SurfaceDeps } from './call.ts';
import { reportFailure } from './problem.ts';
import { addAdministrationRoutes } from './routes/administration.ts';
import type { ApiEnv } from './routes/api-env.ts';
import { addGovernanceRoutes } from './routes/governance.ts';
import { addReleaseSteps } from './routes/release-steps.ts';
import { addReleaseRoutes } from './routes/releases.ts';
import { addReviewRoutes } from './routes/review.ts';
import { addSessionRoutes } from './routes/sessions.ts';
import { firstIssue } from './routes/validation.ts';

export const API_PREFIX = '/api/v1';

/** Every failure comes back as problem details; `env.call` says who calls from where. */
export function createApi(deps: SurfaceDeps): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw firstIssue(result.target, result.error);
    },
  }).basePath(API_PREFIX);
  app.onError((error, c) => {
    const shown = reportFailure(translated(error), deps.log, c.env.call.id);
    const problem = problemOf(shown, c.env.call.id);
    const headers = new Headers({ 'content-type': PROBLEM_MEDIA_TYPE });
    if (shown.code === 'unauthenticated') headers.set('www-authenticate', 'Bearer');
    if (shown.code === 'rate-limited' || shown.code === 'overloaded') {
      headers.set('retry-after', '60');
    }
    return new Response(JSON.stringify(problem), { status: problem.status, headers });
  });
  app.notFound((c) => {
    throw new CountersignError('not-found', `${API_PREFIX} has no ${c.req.method} of this path`, {
      hint: `see ${API_PREFIX}/openapi.json`,
    });
  });
  app.use(async (c, next) => {
    requireBoundedBody(c.req.raw.headers, deps.limits.apiBodyBytes);
    await next();
  });
  app.use(async (c, next) => {
    assertJsonBody(c.req.method, c.req.raw.headers);
    c.set('caller', await deps.identify(c.env.call));
    await next();
  });
  addSessionRoutes(app, deps.gateway);
  addReleaseRoutes(app, deps.gateway);
  addReleaseSteps(app, deps.gateway);
  addReviewRoutes(app, deps.gateway);
  addAdministrationRoutes(app, deps.gateway);
  addGovernanceRoutes(app, deps.gateway);
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
  });
  app.get('/openapi.json', (c) => c.json(openApiDocument(app)));
  return app;
}

/** The OpenAPI 3.1 document of the API; docs/openapi.json is a copy that a test keeps equal. */
export function openApiDocument(app: OpenAPIHono<ApiEnv>): object {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Countersign',
      version: '1',
      description:
        'Errors are problem details (RFC 9457) whose type is urn:countersign:error:CODE; docs/errors.md lists the codes.',
    },
    security: [{ token: [] }],
  });
}

// a body of another type would be taken for an empty one, and the complaint would name a field
function assertJsonBody(method: string, headers: Headers): void {
  const type = headers.get('content-type');
  const hasBody =
    headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0';
  if (method === 'GET' || method === 'HEAD' || (!hasBody && type === null)) return;
  if (hasBody && /^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(type ?? '')) return;
  if (!hasBody && /^application\/json\b/i.test(type ?? '')) return;
  throw new CountersignError('usage', 'expected a body with content-type application/json');
}

function translated(error: Error): Error {
  if (isCountersignError(error) || !(error instanceof HTTPException)) return error;
  return new CountersignError('usage', 'the request body is not JSON');
}

/** Node holds a body to its announced length, so that the announcement is all there is to check. */
function requireBoundedBody(headers: Headers, maxBytes: number): void {
  if (headers.has('transfer-encoding')) {
    throw new CountersignError(
      'usage',
      'expected a request body with a content-length, found one in chunks',
    );
  }
  if (Number(headers.get('content-length') ?? 0) <= maxBytes) return;
  throw new CountersignError('limit-exceeded', `the request body is larger than ${maxBytes} bytes`);
}
