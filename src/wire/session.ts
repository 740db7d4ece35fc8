/** Sessions: a person or bot signs a challenge and gets a token for a while. */
import { z } from 'zod';
import type { PasskeyView, SessionView } from '../gateway/browser-gateway.ts';
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

/** Sessions that are open. */
export const sessionList = z
  .object({
    sessions: z
      .array(
        z.object({
          id: z.string(),
          holder: personId,
          kind: z.enum(['person', 'bot']),
          via: z.enum(['terminal', 'sign-in', 'approval']),
          key: z.string(),
          openedAt: time,
          expiresAt: time,
        }) satisfies z.ZodType<SessionView>,
      )
      .readonly(),
  })
  .meta({ id: 'SessionList' });
export type Sessions = z.infer<typeof sessionList>['sessions'];

/** Passkeys that people sign in with. */
export const passkeyList = z
  .object({
    passkeys: z
      .array(
        z.object({
          credentialId: z.string(),
          person: personId,
          name: z.string(),
          createdAt: time,
          revokedAt: time.nullable(),
        }) satisfies z.ZodType<PasskeyView>,
      )
      .readonly(),
  })
  .meta({ id: 'PasskeyList' });
export type Passkeys = z.infer<typeof passkeyList>['passkeys'];

/** The only time that the link is shown. */
export const passkeyLink = z
  .object({ token: z.string(), expiresAt: time, url: z.string() })
  .meta({ id: 'PasskeyLink' });
export type PasskeyLink = z.infer<typeof passkeyLink>;
