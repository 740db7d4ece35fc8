/**
 * Which pages a host serves. Sign-in pages are on the gateway's own origin alone; an approval
 * origin serves approval pages and nothing else, so that no other page can ever run there.
 */
import { CountersignError } from '../../core/errors.ts';
import type { PasskeySettings } from '../../core/policy.ts';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../../wire/problem.ts';
import { answer, type Exchange } from '../exchange.ts';
import type { FailedAuthentications } from '../failed-authentications.ts';
import { createApprovalPages } from './approval-pages.ts';
import { type PageDeps, servePages } from './page-surface.ts';
import { createSignInPages } from './sign-in-pages.ts';

/** How long what the signed rules say of origins is believed without asking again. */
const SITE_MS = 2000;

export interface PagesDeps extends PageDeps {
  /** The gateway's own origin. */
  readonly origin: string;
  /** Failures by person. */
  readonly people: FailedAuthentications;
  readonly nowMs: () => number;
}

type Serve = (exchange: Exchange) => Promise<void>;

/** What serves the request's host and path: null leaves it to the other surfaces. */
export function createPages(deps: PagesDeps): (exchange: Exchange) => Promise<Serve | null> {
  const { gateway, origin } = deps;
  const signIn = createSignInPages(gateway, origin, deps.people);
  const ownHost = new URL(origin).host;
  let known: { readonly atMs: number; readonly site: Promise<PasskeySettings | null> } | null =
    null;

  const approvalOrigin = async (host: string) => {
    if (known === null || deps.nowMs() - known.atMs > SITE_MS) {
      known = { atMs: deps.nowMs(), site: gateway.approvalSite().catch(() => null) };
    }
    const site = await known.site;
    const found = site?.origins.find((one) => URL.parse(one)?.host === host);
    return site === null || found === undefined ? null : { site, origin: found };
  };

  return async ({ request, path }) => {
    const host = (request.headers.host ?? '').toLowerCase();
    if (host === ownHost) {
      return path.startsWith(signIn.prefix) ? (one) => servePages(deps, signIn, one) : null;
    }
    const approval = await approvalOrigin(host);
    if (approval === null) {
      // the pages of one host are not to be had under another name
      return /^\/(?:sign-in|approve)\//.test(path) ? nothingHere(deps) : null;
    }
    const pages = createApprovalPages(gateway, approval.origin, approval.site);
    if (!path.startsWith(pages.prefix)) return nothingHere(deps);
    return (one) => servePages(deps, pages, one);
  };
}

function nothingHere(deps: PagesDeps): Serve {
  return async (exchange) => {
    const error = new CountersignError('not-found', 'there is no such page under this host name', {
      hint: `the gateway is at ${deps.origin}`,
    });
    const problem = problemOf(error, exchange.call.id);
    await answer(exchange, deps.limits, {
      status: problem.status,
      headers: { 'content-type': PROBLEM_MEDIA_TYPE },
      body: JSON.stringify(problem),
    });
  };
}
