import { pipeline } from 'node:stream/promises';
import { CountersignError } from '../core/errors.ts';
import { isSha256 } from '../core/names.ts';
import type { Caller, Gateway } from '../gateway/gateway.ts';
import type { Exchange } from './exchange.ts';

/** The `content-disposition` that saves a file under its own name (RFC 6266, RFC 8187). */
export function attachment(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/^[A-Za-z0-9._+!@-]{1,200}$/.test(name)) return `attachment; filename="${name}"`;
  return `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, escaped)}`;
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Streams one held artifact; its bytes never change, so that a client may keep them. */
export async function sendArtifact(
  { request, response }: Exchange,
  gateway: Pick<Gateway, 'artifact'>,
  caller: Caller & { readonly kind: 'upload' },
  sha256: string,
): Promise<void> {
  if (!isSha256(sha256)) throw new CountersignError('not-found', 'there is no such artifact');
  const { file, sizeBytes, bytes } = await gateway.artifact(caller, caller.release, sha256);
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': sizeBytes,
    'content-disposition': attachment(file),
    'cache-control': 'private, max-age=3600',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // an error half way destroys the connection: the client sees a short body, never wrong bytes
  await pipeline(bytes, response);
}
