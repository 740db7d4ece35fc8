import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { CountersignError } from '../../core/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { shortText } from '../../wire/fields.ts';
import {
  caller,
  openedSession,
  passkeyLink,
  passkeyList,
  sessionChallenge,
  sessionList,
} from '../../wire/session.ts';
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

const openSessions = {
  200: { description: 'open sessions', content: jsonContent(sessionList) },
  ...problems,
} as const;

const sessionsRoute = createRoute({
  tags,
  method: 'get',
  path: '/sessions',
  summary: 'Sessions that are open, of everybody',
  responses: openSessions,
});

const revokeSessionRoute = createRoute({
  tags,
  method: 'delete',
  path: '/sessions/{session}',
  summary: 'End a session; any person of the roster may',
  request: { params: z.strictObject({ session: shortText }) },
  responses: openSessions,
});

const knownPasskeys = {
  200: { description: 'passkeys, revoked ones too', content: jsonContent(passkeyList) },
  ...problems,
} as const;

const passkeysRoute = createRoute({
  tags,
  method: 'get',
  path: '/passkeys',
  summary: 'Passkeys that people sign in with; they approve nothing',
  responses: knownPasskeys,
});

const revokePasskeyRoute = createRoute({
  tags,
  method: 'delete',
  path: '/passkeys/{credential}',
  summary: 'End a passkey and its sessions; any person of the roster may',
  request: { params: z.strictObject({ credential: z.string().min(1).max(1400) }) },
  responses: knownPasskeys,
});

const linkRoute = createRoute({
  tags,
  method: 'post',
  path: '/passkeys/links',
  summary: 'A link, good once, to enrol a passkey to sign in with',
  responses: {
    201: { description: 'the link', content: jsonContent(passkeyLink) },
    ...problems,
  },
});

/** Challenge, session, who the caller is, and what people sign in with. */
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
  app.openapi(sessionsRoute, async (c) =>
    c.json({ sessions: await gateway.sessions(c.var.caller) }, 200),
  );
  app.openapi(revokeSessionRoute, async (c) => {
    const { session } = c.req.valid('param');
    return c.json({ sessions: await gateway.revokeSession(c.var.caller, session) }, 200);
  });
  app.openapi(passkeysRoute, async (c) =>
    c.json({ passkeys: await gateway.passkeys(c.var.caller) }, 200),
  );
  app.openapi(revokePasskeyRoute, async (c) => {
    const { credential } = c.req.valid('param');
    return c.json({ passkeys: await gateway.revokePasskey(c.var.caller, credential) }, 200);
  });
  app.openapi(linkRoute, async (c) => c.json(await gateway.linkPasskey(c.var.caller), 201));
}
