/** Sessions: a person or bot signs a challenge and gets a token for a while. */
import { z } from 'zod';
import type { Caller, IssuedSecret, SessionChallenge } from '../gateway/gateway.ts';
import { personId, releaseId, sha256, time } from './fields.ts';

export const sessionChallenge = z
  .object({ challenge: z.string(), origin: z.string(), genesis: sha256, expiresAt: time })
  .meta({ id: 'SessionChallenge' }) satisfies z.ZodType<SessionChallenge>;

/** The only time that the token is shown. */
export const issuedSecret = z
  .object({ token: z.string(), expiresAt: time })
  .meta({ id: 'IssuedSecret' }) satisfies z.ZodType<IssuedSecret>;

export const openedSession = z
  .object({
    token: z.string(),
    expiresAt: time,
    personId,
    kind: z.enum(['person', 'bot']),
  })
  .meta({ id: 'OpenedSession' });
export type OpenedSession = z.infer<typeof openedSession>;

/** Who the gateway takes the caller for. */
export const caller = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('anonymous') }),
    z.object({ kind: z.literal('person'), personId }),
    z.object({ kind: z.literal('bot'), personId }),
    z.object({ kind: z.literal('project'), project: z.string(), personId, grant: sha256 }),
    z.object({ kind: z.literal('upload'), release: releaseId }),
  ])
  .meta({ id: 'Caller' }) satisfies z.ZodType<Caller>;
