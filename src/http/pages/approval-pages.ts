/** Approving and enrolling approval passkeys, on an origin that serves nothing else. */
import type { PasskeySettings } from '../../core/policy.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { decisionBody, freshKeyBody, linkBody, statementBody } from '../../wire/browser.ts';
import { statementFromWire } from '../../wire/statement.ts';
import { cookieRule } from './cookie.ts';
import { csrfOf, type PageRoute, type PageSurface } from './page-surface.ts';

const PREFIX = '/approve/';

/** The pages as `origin`, one of those that the signed rules name, serves them. */
export function createApprovalPages(
  gateway: Gateway,
  origin: string,
  { relyingParty }: PasskeySettings,
): PageSurface {
  return {
    prefix: PREFIX,
    via: 'approval',
    origins: [origin],
    cookie: cookieRule('countersign-approval', PREFIX, origin),
    documents: [
      [/^enrol$/, 'enrol.html'],
      [/^[0-9a-z]{6,32}$/, 'approve.html'],
    ],
    routes: [
      ...sessionRoutes(gateway, relyingParty),
      ...releaseRoutes(gateway),
      ...enrolRoutes(gateway),
    ],
  };
}

function sessionRoutes(gateway: Gateway, relyingParty: string): readonly PageRoute[] {
  return [
    {
      method: 'POST',
      path: /^enter$/,
      run: async (call) => {
        const session = await gateway.enterApproval(call.body(linkBody).link);
        return { json: { expiresAt: session.expiresAt }, session };
      },
    },
    {
      method: 'GET',
      path: /^session$/,
      run: async (call) => {
        const { caller, expiresAt, token } = await call.person();
        const person = caller.personId;
        return { json: { person, expiresAt, csrf: csrfOf(token), relyingParty } };
      },
    },
  ];
}

function releaseRoutes(gateway: Gateway): readonly PageRoute[] {
  return [
    {
      method: 'GET',
      path: /^releases\/([0-9a-z]{6,32})$/,
      run: async (call) => {
        const { caller } = await call.person();
        const release = await gateway.resolveRelease(call.caught);
        return { json: await gateway.approvalReview(caller, release) };
      },
    },
    {
      method: 'POST',
      path: /^releases\/([0-9a-z]{6,32})\/statement$/,
      run: async (call) => {
        const { caller } = await call.person();
        const release = await gateway.resolveRelease(call.caught);
        const decision = call.body(decisionBody);
        return { json: { payload: await gateway.composeApproval(caller, release, decision) } };
      },
    },
    {
      method: 'POST',
      path: /^releases\/([0-9a-z]{6,32})\/approval$/,
      run: async (call) => {
        const { caller } = await call.person();
        const release = await gateway.resolveRelease(call.caught);
        const statement = statementFromWire(call.body(statementBody).statement);
        const { state, quorum } = await gateway.approve(caller, release, statement);
        return { json: { state, quorum } };
      },
    },
  ];
}

function enrolRoutes(gateway: Gateway): readonly PageRoute[] {
  return [
    {
      method: 'POST',
      path: /^enrolment\/statement$/,
      run: async (call) => {
        const { caller } = await call.person();
        return {
          json: { payload: await gateway.composeEnrolment(caller, call.body(freshKeyBody)) },
        };
      },
    },
    {
      method: 'POST',
      path: /^enrolment$/,
      run: async (call) => {
        const { caller } = await call.person();
        const statement = statementFromWire(call.body(statementBody).statement);
        return { json: await gateway.checkEnrolment(caller, statement) };
      },
    },
  ];
}
