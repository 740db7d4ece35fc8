/** npm's trusted publishing: the token of a CI run for a credential of one package. */
import { CountersignError } from '../../core/errors.ts';
import { tokenOf } from '../authorization.ts';
import type { Call, SurfaceDeps } from '../call.ts';
import { type Answer, answer, type Exchange } from '../exchange.ts';
import { reportFailure } from '../problem.ts';
import type { ExchangeToken } from '../token-exchange.ts';
import { npmJson, npmRefusal } from './npm-answer.ts';
import { parseNpmPath } from './npm-path.ts';

export interface NpmExchangeDeps extends SurfaceDeps {
  readonly exchangeToken: ExchangeToken;
}

/**
 * Answers `POST -/npm/v1/oidc/token/exchange/package/NAME`, whose bearer is the CI's token. npm
 * says nothing of a refusal but with `--loglevel verbose`, and there shows `message`.
 */
export async function exchangeForPackage(
  deps: NpmExchangeDeps,
  { call }: Exchange,
  name: string,
): Promise<Answer> {
  try {
    const target = { ecosystem: 'npm', package: name } as const;
    const given = await deps.exchangeToken(call, { token: requireToken(call), target });
    return npmJson(201, {
      token_type: 'oidc',
      token: given.token,
      created: given.createdAt,
      expires: given.expiresAt,
    });
  } catch (error) {
    const shown = reportFailure(error, deps.log, call.id);
    const message = shown.hint === undefined ? shown.message : `${shown.message}; ${shown.hint}`;
    const refused = npmRefusal(shown, false);
    return { ...refused, body: JSON.stringify({ success: false, error: message, message }) };
  }
}

function requireToken({ authorization }: Call): string {
  const token = tokenOf(authorization);
  if (token !== null) return token;
  throw new CountersignError('unauthenticated', 'no identity token came with the call', {
    hint: 'the CI must let the job ask for one: "permissions: id-token: write", or id_tokens',
  });
}

/** npm drops the prefix of its registry here and asks at the root; all else stays below /npm/. */
export function createRootNpmSurface(deps: NpmExchangeDeps): (exchange: Exchange) => Promise<void> {
  return async (exchange) => {
    const target = parseNpmPath(exchange.path.slice(1));
    const told =
      target?.kind === 'token-exchange' && exchange.request.method === 'POST'
        ? await exchangeForPackage(deps, exchange, target.name)
        : nothingHere(deps, exchange);
    await answer(exchange, deps.limits, told);
  };
}

function nothingHere(deps: NpmExchangeDeps, { call }: Exchange): Answer {
  const error = new CountersignError(
    'not-found',
    'the npm registry of this gateway is below /npm/',
  );
  return npmRefusal(reportFailure(error, deps.log, call.id), true);
}
