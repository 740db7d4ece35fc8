import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Caller, Gateway, GovernanceView, ProposalView } from '../../gateway/gateway.ts';
import type { SignedStatement } from '../../gateway/ports.ts';
import { shortText } from '../../wire/fields.ts';
import {
  governance,
  proposal,
  proposalList,
  proposalRequest,
  recoveryAnswer,
  recoveryRequest,
} from '../../wire/governance.ts';
import { statementFromWire, statementRequest, statementToWire } from '../../wire/statement.ts';
import { type ApiEnv, jsonContent, problems } from './api-env.ts';

const tags = ['governance'];
const params = z.strictObject({ proposal: shortText });
const shown = { 200: { description: 'the proposal', content: jsonContent(proposal) }, ...problems };
const inForce = {
  200: { description: 'what is in force', content: jsonContent(governance) },
  ...problems,
};
const signedBody = { required: true, content: jsonContent(statementRequest) };

const proposeRoute = createRoute({
  tags,
  method: 'post',
  path: '/proposals',
  summary: 'Propose a change of roster or rules',
  request: { body: { required: true, content: jsonContent(proposalRequest) } },
  responses: shown,
});

const listRoute = createRoute({
  tags,
  method: 'get',
  path: '/proposals',
  summary: 'Proposals, newest first',
  responses: { 200: { description: 'proposals', content: jsonContent(proposalList) }, ...problems },
});

const showRoute = createRoute({
  tags,
  method: 'get',
  path: '/proposals/{proposal}',
  summary: 'One proposal with its difference and its ballots',
  request: { params },
  responses: shown,
});

const ballotRoute = createRoute({
  tags,
  method: 'post',
  path: '/proposals/{proposal}/ballots',
  summary: 'Vote on a proposal',
  request: { params, body: signedBody },
  responses: shown,
});

const inForceRoute = createRoute({
  tags,
  method: 'get',
  path: '/governance',
  summary: 'Roster and rules in force, suspensions, keys that are too new',
  responses: inForce,
});

const recoverRoute = createRoute({
  tags,
  method: 'post',
  path: '/recoveries',
  summary: 'Ask to refound a lost quorum, by signatures of recovery keys',
  request: { body: { required: true, content: jsonContent(recoveryRequest) } },
  responses: {
    200: { description: 'it is shown to everybody', content: jsonContent(recoveryAnswer) },
    ...problems,
  },
});

/** Who may change what, and what changed. */
export function addGovernanceRoutes(app: OpenAPIHono<ApiEnv>, gateway: Gateway): void {
  app.openapi(proposeRoute, async (c) => {
    const { statement, enrolments, documents } = c.req.valid('json');
    const made = await gateway.propose(c.var.caller, {
      statement: statementFromWire(statement),
      enrolments: enrolments.map(statementFromWire),
      documents,
    });
    return c.json(toWire(made), 200);
  });
  app.openapi(listRoute, async (c) => {
    const proposals = await gateway.proposals(c.var.caller);
    return c.json({ proposals: proposals.map(toWire) }, 200);
  });
  app.openapi(showRoute, async (c) => {
    const digest = await gateway.resolveProposal(c.req.valid('param').proposal);
    return c.json(toWire(await gateway.proposal(c.var.caller, digest)), 200);
  });
  app.openapi(ballotRoute, async (c) => {
    const digest = await gateway.resolveProposal(c.req.valid('param').proposal);
    const statement = statementFromWire(c.req.valid('json').statement);
    return c.json(toWire(await gateway.ballot(c.var.caller, digest, statement)), 200);
  });
  app.openapi(inForceRoute, async (c) => c.json(await gateway.governance(c.var.caller), 200));
  app.openapi(recoverRoute, async (c) => {
    const { statements, enrolments, documents } = c.req.valid('json');
    const answer = await gateway.recover({
      statements: statements.map(statementFromWire),
      enrolments: enrolments.map(statementFromWire),
      documents,
    });
    return c.json(answer, 200);
  });
  addSigned(app, '/suspensions', 'Suspend a person or a key at once', (...step) =>
    gateway.suspend(...step),
  );
  addSigned(app, '/vetoes', 'Veto a recovery that waits', (...step) =>
    gateway.vetoRecovery(...step),
  );
}

function addSigned(
  app: OpenAPIHono<ApiEnv>,
  path: string,
  summary: string,
  step: (caller: Caller, statement: SignedStatement) => Promise<GovernanceView>,
): void {
  const route = createRoute({
    tags,
    method: 'post',
    path,
    summary,
    request: { body: signedBody },
    responses: inForce,
  });
  app.openapi(route, async (c) => {
    const statement = statementFromWire(c.req.valid('json').statement);
    return c.json(await step(c.var.caller, statement), 200);
  });
}

function toWire(view: ProposalView): z.infer<typeof proposal> {
  return {
    ...view,
    differences: view.differences.map(({ path, signed, proposed }) => ({
      path,
      ...(signed === undefined ? {} : { signed }),
      ...(proposed === undefined ? {} : { proposed }),
    })),
    statements: view.statements.map(statementToWire),
  };
}
