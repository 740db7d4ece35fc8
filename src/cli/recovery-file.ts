/** A recovery on its way from one holder of an offline key to the next. */
import { resolve } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import { type Recovery, recovery } from '../core/governance.ts';
import { predicateTypeOf } from '../core/purpose.ts';
import { list, literal, object, type Read, text } from '../core/shape.ts';
import { type ReadChange, readChange } from '../evidence/change.ts';
import {
  type SignedStatement,
  signedFromJson,
  signedToJson,
} from '../evidence/signed-statement.ts';
import { decodeCanonical, encodeCanonical } from '../formats/canonical.ts';
import { decodeStatement } from '../formats/in-toto.ts';
import { decodeUtf8, encodeUtf8 } from '../formats/text.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import type { CommandHost } from './command.ts';
import { readTextFile, writeNewFile } from './files.ts';
import type { Instance } from './instance.ts';

/** `payload` is the text that every holder signs. */
const recoveryFile = object({
  schema: literal('countersign/recovery-file/v1'),
  payload: text,
  statements: list(signedFromJson, 32),
  enrolments: list(signedFromJson, 64),
  documents: list(text, 2),
});
export type RecoveryFile = Read<typeof recoveryFile>;

/** Throws `not-found`, `not-canonical`, `malformed-document`. */
export async function readRecoveryFile(host: CommandHost, file: string): Promise<RecoveryFile> {
  const what = 'the recovery file';
  const read = await readTextFile(resolve(host.cwd, file), what, 64 * 1024 * 1024);
  const value = decodeCanonical(encodeUtf8(read.trimEnd()), { what, maxBytes: 64 * 1024 * 1024 });
  return recoveryFile(value, what);
}

/** Throws `state-conflict` where the file exists. */
export function writeRecoveryFile(
  host: CommandHost,
  file: string,
  { statements, enrolments, ...rest }: RecoveryFile,
): Promise<void> {
  const json = {
    ...rest,
    statements: statements.map(signedToJson),
    enrolments: enrolments.map(signedToJson),
  };
  return writeNewFile(resolve(host.cwd, file), encodeCanonical(json));
}

/**
 * What the file would bring into force, read under what is in force. Throws `evidence-invalid` for
 * a recovery of another instance, and as `readChange`.
 */
export async function openRecoveryFile(
  { digest, state }: Pick<Instance, 'digest' | 'state'>,
  { payload, enrolments, documents }: RecoveryFile,
): Promise<ReadChange & { readonly recovery: Recovery }> {
  const statement = decodeStatement(encodeUtf8(payload), {
    predicateType: predicateTypeOf('recovery'),
  });
  const predicate = recovery(statement.predicate, 'recovery');
  if (predicate.genesis !== digest) {
    throw new CountersignError('evidence-invalid', 'the recovery is for another instance', {
      hint: `it names genesis ${predicate.genesis}, expected ${digest}`,
    });
  }
  const read = await readChange(nodeCrypto, digest, state, predicate, documents, enrolments);
  return { ...read, recovery: predicate };
}

/** The file with one signature more. Throws `state-conflict` where this key has signed it. */
export function withSignature(file: RecoveryFile, signed: SignedStatement): RecoveryFile {
  const { keyid } = signed.envelope.signature;
  if (file.statements.some((one) => one.envelope.signature.keyid === keyid)) {
    throw new CountersignError('state-conflict', `${keyid} has signed this recovery already`);
  }
  if (decodeUtf8(signed.envelope.payload) !== file.payload) {
    throw new CountersignError('internal', 'the signature is over another recovery');
  }
  return { ...file, statements: [...file.statements, signed] };
}
