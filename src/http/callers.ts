import { isCountersignError } from '../core/errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { tokenOf } from './authorization.ts';
import type { Identify } from './call.ts';
import type { FailedAuthentications } from './failed-authentications.ts';

/**
 * A call without the header is anonymous. Throws 'unauthenticated' for credentials that are not
 * valid, and 'rate-limited' once an address has sent too many of them.
 */
export function createIdentify(deps: {
  readonly gateway: Pick<Gateway, 'identify'>;
  readonly failures: FailedAuthentications;
}): Identify {
  return async ({ authorization, address }) => {
    if (authorization === undefined) return { kind: 'anonymous' };
    deps.failures.assertAllowed(address);
    try {
      return await deps.gateway.identify(tokenOf(authorization));
    } catch (error) {
      if (isCountersignError(error) && error.code === 'unauthenticated') {
        deps.failures.record(address);
      }
      throw error;
    }
  };
}

/**
 * The address that failures are counted under: the peer's, or behind a trusted proxy the last one
 * in `x-forwarded-for` that is no trusted proxy itself. What the client wrote further left is
 * never believed.
 */
export function remoteAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string {
  const hops = [...(forwardedFor ?? '').split(','), peer ?? '']
    .map((hop) => hop.trim().replace(/^::ffff:(?=\d+\.)/, ''))
    .filter((hop) => /^[0-9a-fA-F.:]{2,45}$/.test(hop));
  const foreign = hops.findLast((hop) => !trustedProxies.includes(hop));
  return foreign ?? hops.at(-1) ?? 'unknown';
}
