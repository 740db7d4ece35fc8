import { CountersignError } from '../core/errors.ts';

/**
 * A small answer whole. `what` names it. Throws `upstream-unreachable` when it has more than
 * `maxBytes`.
 */
export async function boundedBody(
  body: AsyncIterable<Uint8Array>,
  what: string,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new CountersignError('upstream-unreachable', `${what} has more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
