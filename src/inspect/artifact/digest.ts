/** The digest that artifacts, files and summaries are named by. */
import { hash } from 'node:crypto';
import { requireSha256, type Sha256 } from '../../core/names.ts';

/** SHA-256 of bytes, or of a text as UTF-8. */
export function sha256Of(content: string | Uint8Array): Sha256 {
  return requireSha256(hash('sha256', content));
}
