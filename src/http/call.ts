import type { Caller, Gateway } from '../gateway/gateway.ts';
import type { Log } from '../gateway/ports.ts';
import type { HttpLimits } from './limits.ts';

/** What is known of one request before anybody looks at it. */
export interface Call {
  /** Short and no UUID, since npm redacts UUIDs in what it shows. */
  readonly id: string;
  readonly address: string;
  readonly authorization: string | undefined;
}

/** What every surface is built from. */
export interface SurfaceDeps {
  readonly gateway: Gateway;
  readonly log: Log;
  readonly limits: HttpLimits;
  readonly identify: (call: Call) => Promise<Caller>;
}
