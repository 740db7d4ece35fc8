import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { CountersignError } from '../../core/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { caller, openedSession, sessionChallenge } from '../../wire/session.ts';
import { statementFromWire, statementRequest } from '../../wire/statement.ts';
import { tokenOf } from '../authorization.ts';
import { type ApiEnv, jsonContent, problems } from './api-env.ts';

const tags = ['sessions'];

const challengeRoute = createRoute({
  tags,
  method: 'post',
  path: '/sessions/challenge',
  summary: 'A challenge to sign, good once',
  responses: {
    200: { description: 'the challenge', content: jsonContent(sessionChallenge) },
    ...problems,
  },
});

const openRoute = createRoute({
  tags,
  method: 'post',
  path: '/sessions',
  summary: 'Open a session with a signed challenge',
  request: { body: { required: true, content: jsonContent(statementRequest) } },
  responses: {
    201: { description: 'the session and its token', content: jsonContent(openedSession) },
    ...problems,
  },
});

const closeRoute = createRoute({
  tags,
  method: 'delete',
  path: '/sessions',
  summary: 'Close the session of the token in use',
  responses: { 204: { description: 'closed' }, ...problems },
});

const callerRoute = createRoute({
  tags,
  method: 'get',
  path: '/caller',
  summary: 'Who the token in use belongs to',
  responses: { 200: { description: 'the caller', content: jsonContent(caller) }, ...problems },
});

/** Challenge, session, and who the caller is. */
export function addSessionRoutes(app: OpenAPIHono<ApiEnv>, gateway: Gateway): void {
  app.openapi(challengeRoute, async (c) => c.json(await gateway.challenge(), 200));
  app.openapi(openRoute, async (c) => {
    const { statement } = c.req.valid('json');
    return c.json(await gateway.openSession(statementFromWire(statement)), 201);
  });
  app.openapi(closeRoute, async (c) => {
    const token = tokenOf(c.env.call.authorization);
    if (token === null) {
      throw new CountersignError('unauthenticated', 'there is no session to close', {
        hint: 'send the token of the session to be closed',
      });
    }
    await gateway.closeSession(token);
    return c.body(null, 204);
  });
  app.openapi(callerRoute, (c) => c.json(c.var.caller, 200));
}
