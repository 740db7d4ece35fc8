import { CountersignError } from '../core/errors.ts';

// type numbers of pg_type.dat; the tables have no other types
const BYTEA = 17;
const INT8 = 20;
const INT4 = 23;

/** How pg reads a column in text form: bigint as number, bytea as Uint8Array, the rest as text. */
export function columnParser(type: number): (text: string) => unknown {
  switch (type) {
    case INT8:
    case INT4:
      return parseInteger;
    case BYTEA:
      return parseBytes;
    default:
      return (text) => text;
  }
}

function parseInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new CountersignError('internal', `the database holds an integer out of range: ${text}`);
}

function parseBytes(text: string): Uint8Array {
  if (!text.startsWith('\\x')) {
    throw new CountersignError('internal', 'the server does not send bytea as hexadecimal');
  }
  // a copy: small Buffers are views of a pool that others share
  return Uint8Array.from(Buffer.from(text.slice(2), 'hex'));
}
