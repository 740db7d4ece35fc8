/** Project credentials, vault, genesis and health. */
import { z } from 'zod';
import type { GenesisAnswer } from '../gateway/gateway.ts';
import { time } from './fields.ts';
import { signedStatement, statementFromWire } from './statement.ts';

/** Project credentials; the secrets themselves are never shown. */
export const grantList = z
  .object({
    grants: z
      .array(
        z.object({
          name: z.string(),
          creator: z.string(),
          expiresAt: time,
          revokedAt: time.nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'GrantList' });
export type Grants = z.infer<typeof grantList>['grants'];

/** `sealed`: the secret, encrypted to the publisher's key before it left the terminal. */
export const depositRequest = z
  .strictObject({
    statement: signedStatement,
    sealed: z
      .string()
      .min(1)
      .max(256 * 1024),
  })
  .meta({ id: 'DepositRequest' });

export const depositAnswer = z.object({ version: z.number() }).meta({ id: 'DepositAnswer' });

export const vaultList = z
  .object({
    credentials: z
      .array(
        z.object({
          name: z.string(),
          version: z.number(),
          upstream: z.string(),
          origin: z.string(),
          state: z.string(),
          createdAt: time,
          expiresAt: time.nullable(),
          note: z.string().nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'VaultList' });
export type VaultCredentials = z.infer<typeof vaultList>['credentials'];

/** `document` is canonical JSON text: its SHA-256 is the genesis digest. */
export const genesisAnswer = z
  .object({
    document: z.string(),
    founding: z.array(signedStatement).readonly(),
    changes: z
      .array(
        z.object({
          index: z.number(),
          entry: z.string(),
          statements: z.array(signedStatement).readonly(),
          documents: z.array(z.string()).readonly(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Genesis' });

/** The answer as the gateway knows it. Throws 'malformed-document' for a broken envelope. */
export function genesisFromWire(wire: z.infer<typeof genesisAnswer>): GenesisAnswer {
  return {
    document: wire.document,
    founding: wire.founding.map(statementFromWire),
    changes: wire.changes.map((one) => ({
      ...one,
      statements: one.statements.map(statementFromWire),
    })),
  };
}

export const health = z
  .object({ ok: z.boolean(), ledgerSize: z.number(), signedSize: z.number(), now: time })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof health>;
