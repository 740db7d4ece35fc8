/** The trust file: what a verifier keeps, and gets from somewhere else than the evidence. */
import { CountersignError } from '../core/errors.ts';
import { type Trust, trust } from '../core/genesis.ts';

const MAX_CHARACTERS = 64 * 1024;

/** Throws `malformed-document` for anything that is not a trust file. */
export function parseTrust(text: string): Trust {
  if (text.length > MAX_CHARACTERS) {
    throw new CountersignError(
      'malformed-document',
      'expected a trust file, found something larger',
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CountersignError('malformed-document', 'the trust file is not JSON', { cause });
  }
  return trust(value, 'trust file');
}
