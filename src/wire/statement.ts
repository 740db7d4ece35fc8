/** A signed statement as it travels: the DSSE envelope in its JSON form, and how it was signed. */
import { z } from 'zod';
import { envelopeFromJson, envelopeToJson } from '../formats/dsse.ts';
import type { SignedStatement } from '../gateway/ports.ts';

export const signedStatement = z
  .strictObject({
    signature: z.enum(['sshsig', 'webauthn']),
    envelope: z.strictObject({
      payload: z.string(),
      payloadType: z.string(),
      signatures: z
        .array(z.strictObject({ keyid: z.string(), sig: z.string() }))
        .length(1)
        .readonly(),
    }),
  })
  .meta({ id: 'SignedStatement' });
export type WireStatement = z.infer<typeof signedStatement>;

/** For requests that carry nothing but a statement. */
export const statementRequest = z
  .strictObject({ statement: signedStatement })
  .meta({ id: 'StatementRequest' });

/** Throws 'malformed-document' where the envelope is not one of ours (base64, payload type). */
export function statementFromWire(wire: WireStatement): SignedStatement {
  return { signature: wire.signature, envelope: envelopeFromJson(wire.envelope) };
}

/** The statement as JSON; its inverse is `statementFromWire`. */
export function statementToWire(statement: SignedStatement): WireStatement {
  return {
    signature: statement.signature,
    envelope: signedStatement.shape.envelope.parse(envelopeToJson(statement.envelope)),
  };
}
