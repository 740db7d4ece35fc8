import type { Caller } from '../../gateway/gateway.ts';
import { PROBLEM_MEDIA_TYPE, problem } from '../../wire/problem.ts';
import type { Call } from '../call.ts';

/** Hono's environment of the API: the call comes in, the caller is found out before the routes. */
export interface ApiEnv {
  Bindings: {
    call: Call;
    /** Records the failure and cuts the connection: for streams that fail after they began. */
    abort?: (error: unknown) => void;
  };
  Variables: { caller: Caller };
}

/** The responses that every route may give beside its own. */
export const problems = {
  '4XX': {
    description: 'refused: problem details',
    content: { [PROBLEM_MEDIA_TYPE]: { schema: problem } },
  },
} as const;

/** `content` of a JSON body. */
export function jsonContent<Schema>(schema: Schema): {
  'application/json': { schema: Schema };
} {
  return { 'application/json': { schema } };
}
