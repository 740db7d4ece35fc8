/** One request and its answer on the surfaces that are not the API. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from './call.ts';
import type { HttpLimits } from './limits.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly call: Call;
  /** As sent: neither decoded nor normalised, without query. Starts with a slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
}

export interface Answer {
  readonly status: number;
  /** One line of Latin-1; the standard phrase where absent. */
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * Sends the answer. Where the client is still sending a body that nobody wants, the answer goes
 * out first and the body is read and dropped for a while: most clients look at an answer only when
 * they have sent everything, and a connection reset would hide it from them.
 */
export async function answer(
  exchange: Exchange,
  limits: HttpLimits,
  { status, reason, headers = {}, body }: Answer,
): Promise<void> {
  const { request, response } = exchange;
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const bytes = Buffer.from(body);
  const isSending = hasBody(request) && !request.complete && !request.destroyed;
  if (reason !== undefined) response.statusMessage = reason;
  response.writeHead(status, {
    ...headers,
    'content-length': bytes.length,
    ...(isSending ? { connection: 'close' } : {}),
  });
  const isHead = request.method === 'HEAD';
  if (isSending && !exchange.expectsContinue) {
    response.write(isHead ? '' : bytes);
    await drain(request, limits);
    response.end();
  } else {
    response.end(isHead ? undefined : bytes);
  }
}

export function hasBody(request: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || length !== '0';
}

/** Resolves when the body has ended, the connection has, or the bounds are reached. */
async function drain(request: IncomingMessage, limits: HttpLimits): Promise<void> {
  let size = 0;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, limits.drainMs);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > limits.drainBytes) done();
    });
    for (const event of ['end', 'close', 'error']) request.once(event, done);
    request.resume();
  });
  request.removeAllListeners('data');
  request.pause();
}

/** `text` as a reason phrase: one line of Latin-1, at most 500 characters. */
export function reasonPhrase(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .trim()
    .slice(0, 500);
}
