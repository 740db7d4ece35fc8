/** What the pages for browsers send. Binary fields are base64url, as browsers' own JSON has them. */
import { z } from 'zod';
import { decodeBase64url } from '../formats/base64.ts';
import type { PasskeyAssertion } from '../formats/webauthn.ts';
import type { Decision, FreshPasskey, SignInAnswer } from '../gateway/browser-gateway.ts';
import { signedStatement } from './statement.ts';

const binary = z
  .string()
  .min(1)
  .max(8192)
  .regex(/^[A-Za-z0-9_-]+$/);
const token = z.string().min(1).max(128);
/** A name for people: printable, one line. */
const label = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u);

const assertion = z.strictObject({
  credentialId: binary,
  authenticatorData: binary,
  clientDataJSON: binary,
  signature: binary,
});

export const signInBody = z.strictObject({ challenge: binary, assertion });

export const linkBody = z.strictObject({ link: token });

export const leadBody = z.strictObject({
  path: z.string().regex(/^\/approve\/(?:[0-9a-z]{6,32}|enrol)$/),
});

const freshKey = {
  credentialId: binary,
  publicKey: z.string().min(1).max(2048),
  algorithm: z.union([z.literal(-7), z.literal(-8), z.literal(-257)]),
};

export const freshKeyBody = z.strictObject(freshKey) satisfies z.ZodType<FreshPasskey>;

export const enrolSignInBody = z.strictObject({
  link: token,
  key: z.strictObject({ ...freshKey, name: label }),
  ...signInBody.shape,
});

const fingerprint = z.string().min(1).max(256);

export const decisionBody = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  acknowledged: z.array(fingerprint).max(10_000),
  waived: z
    .array(z.strictObject({ finding: fingerprint, reason: z.string().min(1).max(2000) }))
    .max(1000),
  reason: z.string().min(1).max(2000).nullable(),
}) satisfies z.ZodType<Decision>;

export const statementBody = z.strictObject({ statement: signedStatement });

/** Throws 'malformed-signature' for base64url that is not canonical. */
export function answerFromWire(body: z.infer<typeof signInBody>): SignInAnswer {
  return { challenge: body.challenge, assertion: assertionFromWire(body.assertion) };
}

function assertionFromWire(wire: z.infer<typeof assertion>): PasskeyAssertion {
  const bytes = (name: 'authenticatorData' | 'clientDataJSON' | 'signature') =>
    decodeBase64url(wire[name], name, 'malformed-signature');
  return {
    credentialId: wire.credentialId,
    authenticatorData: bytes('authenticatorData'),
    clientDataJSON: bytes('clientDataJSON'),
    signature: bytes('signature'),
  };
}
