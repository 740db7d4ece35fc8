/** The digest that artifacts, files and summaries are named by. */
import { hash } from 'node:crypto';
import { CountersignError } from '../core/errors.ts';
import { isSha256, type Sha256 } from '../core/names.ts';

/** SHA-256 of bytes, or of a text as UTF-8. */
export function sha256Of(content: string | Uint8Array): Sha256 {
  const digest = hash('sha256', content);
  if (!isSha256(digest)) throw new CountersignError('internal', 'a digest is none');
  return digest;
}
