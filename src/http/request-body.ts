import type { IncomingMessage } from 'node:http';
import { CountersignError } from '../core/errors.ts';
import { type Exchange, hasBody } from './exchange.ts';
import type { HttpLimits } from './limits.ts';

/**
 * The body as it arrives, no faster than it is taken. Leaving the iteration early does not end the
 * connection, so that an answer can still be sent. Throws 'limit-exceeded' past `uploadBodyBytes`
 * (at once where the length says so), 'malformed-upload' for a compressed body, a connection that
 * breaks off and a body of which nothing arrives for `bodyIdleMs`.
 */
export async function* readRequestBody(
  exchange: Exchange,
  limits: HttpLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { request, response } = exchange;
  assertReadable(request, limits.uploadBodyBytes);
  if (exchange.expectsContinue) response.writeContinue();
  const chunks = request.iterator({ destroyOnReturn: false });
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await soon(chunks.next(), limits.bodyIdleMs);
      if (done === true) return;
      size += (value as Uint8Array).length;
      if (size > limits.uploadBodyBytes) throw tooLarge(limits.uploadBodyBytes);
      yield value as Uint8Array;
    }
  } finally {
    // not awaited: it waits for a read that may never be answered
    chunks.return?.().catch(() => undefined);
  }
}

function assertReadable(request: IncomingMessage, maxBytes: number): void {
  if (!hasBody(request)) throw new CountersignError('malformed-upload', 'the request has no body');
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new CountersignError(
      'malformed-upload',
      'expected a body without content-encoding, found a compressed one',
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

function tooLarge(maxBytes: number): CountersignError {
  return new CountersignError(
    'limit-exceeded',
    `the request body is larger than ${maxBytes} bytes`,
    { hint: 'make the package smaller, or raise the limit of the gateway' },
  );
}

async function soon<T>(next: Promise<T>, idleMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new CountersignError(
          'malformed-upload',
          `nothing of the request body arrived for ${idleMs / 1000} seconds`,
        ),
      );
    }, idleMs);
  });
  try {
    return await Promise.race([next, idle]);
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    throw new CountersignError(
      'malformed-upload',
      'the connection broke off before the request body was complete',
      { hint: 'upload again', cause },
    );
  } finally {
    clearTimeout(timer);
  }
}
