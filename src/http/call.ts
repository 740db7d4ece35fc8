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

/** Finds out who calls. */
export type Identify = (call: Call) => Promise<Caller>;

/** What every surface is built from. */
export interface SurfaceDeps {
  readonly gateway: Gateway;
  readonly log: Log;
  readonly limits: HttpLimits;
  readonly identify: Identify;
}
