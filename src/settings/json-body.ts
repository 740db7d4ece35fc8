import { CountersignError } from '../core/errors.ts';
import { decodeUtf8 } from '../formats/text.ts';
import { boundedBody } from '../upstream/bounded-body.ts';

/**
 * A whole JSON answer of at most `maxBytes`. `what` names it. Throws `upstream-unreachable` for more
 * bytes and for what is not JSON, `malformed-document` for what is not UTF-8. Its depth is bounded
 * by its size: nobody walks the value but readers of known fields.
 */
export async function readJsonBody(
  body: AsyncIterable<Uint8Array>,
  what: string,
  maxBytes: number,
): Promise<unknown> {
  const text = decodeUtf8(await boundedBody(body, what, maxBytes), what);
  try {
    return JSON.parse(text);
  } catch {
    // its message quotes the input, which is the server's
    throw new CountersignError('upstream-unreachable', `${what} is not JSON`);
  }
}
