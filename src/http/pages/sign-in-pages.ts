/** Signing in, on the gateway's own origin: it identifies, and nothing here is signed for. */
import { isCountersignError } from '../../core/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import {
  answerFromWire,
  enrolSignInBody,
  leadBody,
  linkBody,
  signInBody,
} from '../../wire/browser.ts';
import type { FailedAuthentications } from '../failed-authentications.ts';
import { cookieRule } from './cookie.ts';
import { csrfOf, type PageRoute, type PageSurface } from './page-surface.ts';

const PREFIX = '/sign-in/';

/** `people` counts failures by person, beside those by address. */
export function createSignInPages(
  gateway: Gateway,
  origin: string,
  people: FailedAuthentications,
): PageSurface {
  return {
    prefix: PREFIX,
    via: 'sign-in',
    origins: [origin],
    cookie: cookieRule('countersign-sign-in', PREFIX, origin),
    documents: [
      [/^$/, 'sign-in.html'],
      [/^enrol$/, 'enrol-sign-in.html'],
    ],
    routes: [...sessionRoutes(gateway, people), ...enrolRoutes(gateway)],
  };
}

function sessionRoutes(gateway: Gateway, people: FailedAuthentications): readonly PageRoute[] {
  return [
    {
      method: 'POST',
      path: /^question$/,
      run: async () => ({ json: await gateway.signInQuestion() }),
    },
    {
      method: 'POST',
      path: /^session$/,
      run: async (call) => {
        const answer = answerFromWire(call.body(signInBody));
        const owner = await gateway.passkeyOwner(answer.assertion.credentialId);
        if (owner !== null) people.assertAllowed(owner);
        try {
          const session = await gateway.signIn(answer);
          return { json: { expiresAt: session.expiresAt }, session };
        } catch (error) {
          const isFailure = isCountersignError(error) && error.code === 'unauthenticated';
          if (isFailure && owner !== null) people.record(owner);
          throw error;
        }
      },
    },
    {
      method: 'GET',
      path: /^session$/,
      run: async (call) => {
        const { caller, expiresAt, token } = await call.person();
        const releases = await gateway.releases(caller, { project: null, limit: 50 });
        const site = await gateway.approvalSite();
        return {
          json: {
            person: caller.personId,
            expiresAt,
            csrf: csrfOf(token),
            approvalOrigin: site?.origins[0] ?? null,
            releases: releases
              .filter((one) => one.state === 'awaiting-approval' || one.state === 'approved')
              .map(({ shortId, project, tag, attempt, state, requesters, quorum }) => ({
                ...{ shortId, project, tag, attempt, state, requesters },
                missing: quorum?.missing ?? [],
              })),
          },
        };
      },
    },
    {
      method: 'POST',
      path: /^leave$/,
      run: async (call) => {
        await gateway.signOut((await call.person()).token);
        return { json: {}, session: null };
      },
    },
    {
      method: 'POST',
      path: /^lead$/,
      run: async (call) => {
        const { token } = await call.person();
        return { json: { url: await gateway.leadToApproval(token, call.body(leadBody).path) } };
      },
    },
  ];
}

function enrolRoutes(gateway: Gateway): readonly PageRoute[] {
  return [
    {
      method: 'POST',
      path: /^link$/,
      run: async (call) => ({ json: await gateway.readPasskeyLink(call.body(linkBody).link) }),
    },
    {
      method: 'POST',
      path: /^passkeys$/,
      run: async (call) => {
        const { link, key, ...answer } = call.body(enrolSignInBody);
        return { json: await gateway.enrolSignIn(link, key, answerFromWire(answer)) };
      },
    },
  ];
}
