/** The transparency log below /log/, as C2SP tlog-tiles lays it out. Public. */
import { CountersignError } from '../core/errors.ts';
import { PROBLEM_MEDIA_TYPE, problemOf } from '../wire/problem.ts';
import type { SurfaceDeps } from './call.ts';
import { type Answer, answer, type Exchange } from './exchange.ts';
import { reportFailure } from './problem.ts';

const PREFIX = '/log/';
const TILE =
  /^tile\/(?:entries|0|[1-9][0-9]?)\/(?:x[0-9]{3}\/){0,5}[0-9]{3}(?:\.p\/[1-9][0-9]{0,2})?$/;

/** Serves checkpoint and tiles; what is not there is 404. */
export function createLogSurface(
  deps: Pick<SurfaceDeps, 'gateway' | 'log' | 'limits'>,
): (exchange: Exchange) => Promise<void> {
  return async (exchange) => {
    try {
      await answer(exchange, deps.limits, await read(deps, exchange));
    } catch (error) {
      const problem = problemOf(reportFailure(error, deps.log, exchange.call.id), exchange.call.id);
      await answer(exchange, deps.limits, {
        status: problem.status,
        headers: { 'content-type': PROBLEM_MEDIA_TYPE },
        body: JSON.stringify(problem),
      });
    }
  };
}

async function read(
  { gateway }: Pick<SurfaceDeps, 'gateway'>,
  exchange: Exchange,
): Promise<Answer> {
  const { method } = exchange.request;
  if (method !== 'GET' && method !== 'HEAD') {
    throw new CountersignError('forbidden', 'the log is only read here');
  }
  const path = exchange.path.slice(PREFIX.length);
  if (path === 'checkpoint') {
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
      body: await gateway.checkpoint(),
    };
  }
  const tile = TILE.test(path) ? await gateway.tile(path) : undefined;
  if (tile === undefined) throw new CountersignError('not-found', 'the log has no such tile');
  const caching = tile.immutable ? 'public, max-age=604800, immutable' : 'no-cache';
  return {
    status: 200,
    headers: { 'content-type': 'application/octet-stream', 'cache-control': caching },
    body: tile.bytes,
  };
}
