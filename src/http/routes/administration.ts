import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Gateway } from '../../gateway/gateway.ts';
import {
  depositAnswer,
  depositRequest,
  genesisAnswer,
  grantList,
  health,
  vaultList,
} from '../../wire/administration.ts';
import { shortText } from '../../wire/fields.ts';
import { statementFromWire, statementRequest, statementToWire } from '../../wire/statement.ts';
import { type ApiEnv, jsonContent, problems } from './api-env.ts';

const grantRoute = createRoute({
  tags: ['credentials'],
  method: 'post',
  path: '/credentials',
  summary: 'Record a project credential that its creator signed for',
  request: { body: { required: true, content: jsonContent(statementRequest) } },
  responses: { 204: { description: 'recorded' }, ...problems },
});

const grantsRoute = createRoute({
  tags: ['credentials'],
  method: 'get',
  path: '/credentials',
  summary: 'Credentials of a project, without their secrets',
  request: { query: z.strictObject({ project: shortText }) },
  responses: { 200: { description: 'credentials', content: jsonContent(grantList) }, ...problems },
});

const revokeRoute = createRoute({
  tags: ['credentials'],
  method: 'delete',
  path: '/credentials',
  summary: 'Revoke every credential of this name; any person of the roster may',
  request: { query: z.strictObject({ project: shortText, name: shortText }) },
  responses: {
    200: { description: 'all credentials of the name', content: jsonContent(grantList) },
    ...problems,
  },
});

const depositRoute = createRoute({
  tags: ['vault'],
  method: 'post',
  path: '/vault',
  summary: "Deposit a registry credential, sealed to the publisher's key",
  request: { body: { required: true, content: jsonContent(depositRequest) } },
  responses: {
    201: { description: 'deposited', content: jsonContent(depositAnswer) },
    ...problems,
  },
});

const vaultRoute = createRoute({
  tags: ['vault'],
  method: 'get',
  path: '/vault',
  summary: 'Credentials in the vault, without their secrets',
  responses: { 200: { description: 'credentials', content: jsonContent(vaultList) }, ...problems },
});

const genesisRoute = createRoute({
  tags: ['gateway'],
  method: 'get',
  path: '/genesis',
  summary: "Founding document and founders' signatures",
  responses: { 200: { description: 'genesis', content: jsonContent(genesisAnswer) }, ...problems },
});

const healthRoute = createRoute({
  tags: ['gateway'],
  method: 'get',
  path: '/health',
  summary: 'Whether the gateway works; 503 where it does not',
  responses: {
    200: { description: 'it works', content: jsonContent(health) },
    503: { description: 'it does not', content: jsonContent(health) },
    ...problems,
  },
});

/** Project credentials, vault, genesis and health. */
export function addAdministrationRoutes(app: OpenAPIHono<ApiEnv>, gateway: Gateway): void {
  app.openapi(grantRoute, async (c) => {
    await gateway.grant(c.var.caller, statementFromWire(c.req.valid('json').statement));
    return c.body(null, 204);
  });
  app.openapi(grantsRoute, async (c) => {
    const { project } = c.req.valid('query');
    return c.json({ grants: await gateway.grants(c.var.caller, project) }, 200);
  });
  app.openapi(revokeRoute, async (c) => {
    const { project, name } = c.req.valid('query');
    return c.json({ grants: await gateway.revokeGrant(c.var.caller, project, name) }, 200);
  });
  app.openapi(depositRoute, async (c) => {
    const { statement, sealed } = c.req.valid('json');
    return c.json(await gateway.deposit(c.var.caller, statementFromWire(statement), sealed), 201);
  });
  app.openapi(vaultRoute, async (c) =>
    c.json({ credentials: await gateway.vault(c.var.caller) }, 200),
  );
  app.openapi(genesisRoute, async (c) => {
    const { document, founding, changes } = await gateway.genesis();
    return c.json(
      {
        document,
        founding: founding.map(statementToWire),
        changes: changes.map((one) => ({
          ...one,
          statements: one.statements.map(statementToWire),
        })),
      },
      200,
    );
  });
  app.openapi(healthRoute, async (c) => {
    const answer = await gateway.health();
    return answer.ok ? c.json(answer, 200) : c.json(answer, 503);
  });
}
