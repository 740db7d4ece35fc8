/** Small things about answers that every client of a server over HTTP needs. */

const MAX_TEXT_BYTES = 16 * 1024;

/** The first value of a header; '' where there is none. */
export function oneHeader(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** At most 16 KiB of a body, as text; the rest is dropped. */
export async function textOf(body: AsyncIterable<unknown>): Promise<string> {
  const kept: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) break;
    kept.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= MAX_TEXT_BYTES) break;
  }
  return Buffer.concat(kept).subarray(0, MAX_TEXT_BYTES).toString('utf8');
}

/** For a body that is dropped early, and reports that as an error to nobody. */
export function ignore(): void {}
