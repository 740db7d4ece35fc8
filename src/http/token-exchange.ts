/** Tokens of CI runs come in and upload credentials go out, the same for npm's and PyPI's words. */
import { isCountersignError } from '../core/errors.ts';
import type { CiExchange, Gateway } from '../gateway/gateway.ts';
import type { Call } from './call.ts';
import type { FailedAuthentications } from './failed-authentications.ts';

/** As `Gateway.exchange`. Throws 'rate-limited' once an address was refused too often. */
export type ExchangeToken = (call: Call, request: CiExchange) => ReturnType<Gateway['exchange']>;

/** A refused token is a failed authentication like any other. */
export function createTokenExchange(deps: {
  readonly gateway: Pick<Gateway, 'exchange'>;
  readonly failures: FailedAuthentications;
}): ExchangeToken {
  return async ({ address }, request) => {
    deps.failures.assertAllowed(address);
    try {
      return await deps.gateway.exchange(request);
    } catch (error) {
      if (isCountersignError(error) && error.code !== 'store-unavailable') {
        deps.failures.record(address);
      }
      throw error;
    }
  };
}
