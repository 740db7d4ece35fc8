import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Gateway } from '../../gateway/gateway.ts';
import { sha256 } from '../../wire/fields.ts';
import { report, reviewBundle } from '../../wire/review.ts';
import { statementToWire } from '../../wire/statement.ts';
import { attachment } from '../download.ts';
import { type ApiEnv, jsonContent, problems } from './api-env.ts';
import { releaseParams } from './releases.ts';

const tags = ['review'];

const reportRoute = createRoute({
  tags,
  method: 'get',
  path: '/releases/{release}/report',
  summary: 'What the inspection found',
  request: { params: releaseParams },
  responses: { 200: { description: 'the report', content: jsonContent(report) }, ...problems },
});

const reviewRoute = createRoute({
  tags,
  method: 'get',
  path: '/releases/{release}/review',
  summary: 'Everything an approver needs to recompute manifest and report',
  request: { params: releaseParams },
  responses: { 200: { description: 'the texts', content: jsonContent(reviewBundle) }, ...problems },
});

const evidenceRoute = createRoute({
  tags,
  method: 'get',
  path: '/releases/{release}/evidence',
  summary: 'The evidence bundle, canonical JSON, byte for byte',
  request: { params: releaseParams },
  responses: { 200: { description: 'the bundle', content: jsonContent(z.unknown()) }, ...problems },
});

const artifactRoute = createRoute({
  tags,
  method: 'get',
  path: '/releases/{release}/artifacts/{sha256}',
  summary: 'The bytes of one held artifact',
  request: { params: releaseParams.extend({ sha256 }) },
  responses: {
    200: {
      description: 'the bytes',
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
    ...problems,
  },
});

/** What an approver and an auditor read. */
export function addReviewRoutes(app: OpenAPIHono<ApiEnv>, gateway: Gateway): void {
  app.openapi(reportRoute, async (c) => {
    const id = await gateway.resolveRelease(c.req.valid('param').release);
    return c.json(await gateway.report(c.var.caller, id), 200);
  });
  app.openapi(reviewRoute, async (c) => {
    const id = await gateway.resolveRelease(c.req.valid('param').release);
    const bundle = await gateway.review(c.var.caller, id);
    return c.json(
      {
        ...bundle,
        founding: bundle.founding.map(statementToWire),
        opening: bundle.opening.map(statementToWire),
      },
      200,
    );
  });
  app.openapi(evidenceRoute, async (c) => {
    const id = await gateway.resolveRelease(c.req.valid('param').release);
    const text = await gateway.evidence(c.var.caller, id);
    // as a text: printing it again could change a byte of what is hashed
    return c.body(text, 200, { 'content-type': 'application/json' }) as never;
  });
  app.openapi(artifactRoute, async (c) => {
    const { release, sha256: digest } = c.req.valid('param');
    const id = await gateway.resolveRelease(release);
    const { file, sizeBytes, bytes } = await gateway.artifact(c.var.caller, id, digest);
    return new Response(ReadableStream.from(aborting(bytes, c.env.abort)), {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(sizeBytes),
        'content-disposition': attachment(file),
      },
    });
  });
}

/**
 * The same bytes; a failure half way is told to `abort` and ends the stream. The server would
 * otherwise fill the rest of the announced length with the text of the error.
 */
async function* aborting(
  bytes: AsyncIterable<Uint8Array>,
  abort: ((error: unknown) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    if (abort === undefined) throw error;
    abort(error);
  }
}
