/** PyPI's trusted publishing: which audience, and the token of a CI run for a credential. */
import { CountersignError, ERROR_CODES } from '../../core/errors.ts';
import { joinBytes } from '../../formats/bytes.ts';
import { parseStrictJson } from '../../formats/json-scanner.ts';
import type { SurfaceDeps } from '../call.ts';
import { type Answer, answer, type Exchange } from '../exchange.ts';
import { reportFailure } from '../problem.ts';
import { readRequestBody } from '../request-body.ts';
import type { ExchangeToken } from '../token-exchange.ts';

export interface PypiExchangeDeps extends SurfaceDeps {
  readonly exchangeToken: ExchangeToken;
}

const BODY_MAX_BYTES = 16 * 1024;

/** Both calls stand at the root of the host, whatever the path of the index. */
export function createPypiExchange(deps: PypiExchangeDeps): (exchange: Exchange) => Promise<void> {
  return async (exchange) => {
    try {
      await answer(exchange, deps.limits, await serve(deps, exchange));
    } catch (error) {
      const shown = reportFailure(error, deps.log, exchange.call.id);
      await answer(exchange, deps.limits, refusal(shown));
    }
  };
}

async function serve(deps: PypiExchangeDeps, exchange: Exchange): Promise<Answer> {
  const { method = 'GET' } = exchange.request;
  if (exchange.path === '/_/oidc/audience' && (method === 'GET' || method === 'HEAD')) {
    return json(200, { audience: deps.gateway.ciAudience() });
  }
  if (exchange.path === '/_/oidc/burn-token' && method === 'POST') {
    // uv, when it has sent everything
    await deps.gateway.endUpload(await readToken(deps, exchange));
    return json(200, { success: true });
  }
  if (exchange.path !== '/_/oidc/mint-token' || method !== 'POST') {
    throw new CountersignError(
      'not-found',
      'expected GET /_/oidc/audience or POST /_/oidc/mint-token',
    );
  }
  const token = await readToken(deps, exchange);
  const target = { ecosystem: 'pypi' } as const;
  const given = await deps.exchangeToken(exchange.call, { token, target });
  return json(200, {
    success: true,
    token: given.token,
    expires: Math.floor(Date.parse(given.expiresAt) / 1000),
  });
}

async function readToken(deps: PypiExchangeDeps, exchange: Exchange): Promise<string> {
  const limits = { ...deps.limits, uploadBodyBytes: BODY_MAX_BYTES };
  const chunks: Uint8Array[] = [];
  for await (const chunk of readRequestBody(exchange, limits)) chunks.push(chunk);
  const body = parseStrictJson(joinBytes(chunks), {
    what: 'the request for a credential',
    code: 'malformed-upload',
    maxBytes: BODY_MAX_BYTES,
  });
  const { token } = body as Readonly<Record<'token', unknown>>;
  if (typeof token === 'string') return token;
  throw new CountersignError('malformed-upload', 'expected { "token": TOKEN }, found no token');
}

/** twine, uv and pdm print the reasons; every refusal is 422, as PyPI has it. */
function refusal(error: CountersignError): Answer {
  const { status } = ERROR_CODES[error.code];
  const description = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
  const isOurs = status >= 500 || status === 429 || error.code === 'not-found';
  return json(isOurs ? status : 422, {
    message: 'Token request failed',
    errors: [{ code: error.code, description }],
  });
}

function json(status: number, value: object): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}
