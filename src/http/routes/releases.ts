import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Gateway } from '../../gateway/gateway.ts';
import { shortText } from '../../wire/fields.ts';
import {
  cancelRequest,
  openAnswer,
  openRequest,
  release,
  releaseList,
} from '../../wire/release.ts';
import { statementFromWire } from '../../wire/statement.ts';
import { type ApiEnv, jsonContent, problems } from './api-env.ts';

const tags = ['releases'];

/** `release`: id or short id. */
export const releaseParams = z.strictObject({ release: shortText });

/** Every step answers with the release as it is after it. */
export const shown = {
  200: { description: 'the release as it is now', content: jsonContent(release) },
  ...problems,
} as const;

const openRoute = createRoute({
  tags,
  method: 'post',
  path: '/releases',
  summary: 'Open a release',
  request: { body: { required: true, content: jsonContent(openRequest) } },
  responses: {
    201: { description: 'the release and its upload credential', content: jsonContent(openAnswer) },
    ...problems,
  },
});

const listRoute = createRoute({
  tags,
  method: 'get',
  path: '/releases',
  summary: 'Releases, newest first',
  request: {
    query: z.strictObject({
      project: shortText.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: { description: 'releases', content: jsonContent(releaseList) }, ...problems },
});

const showRoute = createRoute({
  tags,
  method: 'get',
  path: '/releases/{release}',
  summary: 'One release',
  request: { params: releaseParams },
  responses: shown,
});

const cancelRoute = createRoute({
  tags,
  method: 'post',
  path: '/releases/{release}/cancel',
  summary: 'Cancel a release that has not begun to publish',
  request: {
    params: releaseParams,
    body: { required: true, content: jsonContent(cancelRequest) },
  },
  responses: shown,
});

/** Open, list and look at releases, and cancel one. */
export function addReleaseRoutes(app: OpenAPIHono<ApiEnv>, gateway: Gateway): void {
  app.openapi(openRoute, async (c) => {
    const { statement, reopens, ...request } = c.req.valid('json');
    const answer = await gateway.open(c.var.caller, {
      ...request,
      statement: statement === null ? null : statementFromWire(statement),
      reopens: reopens === null ? null : await gateway.resolveRelease(reopens),
    });
    return c.json(answer, 201);
  });
  app.openapi(listRoute, async (c) => {
    const { project, limit } = c.req.valid('query');
    const filter = { project: project ?? null, limit };
    return c.json({ releases: await gateway.releases(c.var.caller, filter) }, 200);
  });
  app.openapi(showRoute, async (c) => {
    const id = await gateway.resolveRelease(c.req.valid('param').release);
    return c.json(await gateway.release(c.var.caller, id), 200);
  });
  app.openapi(cancelRoute, async (c) => {
    const id = await gateway.resolveRelease(c.req.valid('param').release);
    return c.json(await gateway.cancel(c.var.caller, id, c.req.valid('json').reason), 200);
  });
}
