import type { z } from 'zod';
import { CountersignError } from '../core/errors.ts';
import { errorOfProblem, PROBLEM_MEDIA_TYPE } from '../wire/problem.ts';

/** How the client reaches the gateway. `fetch` is replaced in tests and by other transports. */
export interface Connection {
  readonly origin: string;
  readonly token: string | null;
  readonly fetch: typeof globalThis.fetch;
  /** Until the head of the answer is there. */
  readonly timeoutMs: number;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the origin, escaped by the caller. */
  readonly path: string;
  readonly body?: unknown;
}

/** JSON answers are read up to here. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * Sends one request and returns its answer, which has a status of 2xx or one of `alsoAccepted`.
 * Redirects are refused: the token belongs to this origin. Throws the server's own code where
 * it named one that we know, otherwise 'server-unreachable' or 'internal'.
 */
export async function send(
  connection: Connection,
  request: ApiRequest,
  alsoAccepted: readonly number[] = [],
): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/problem+json, */*' });
  if (connection.token !== null) headers.set('authorization', `Bearer ${connection.token}`);
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  const response = await reach(connection, request, {
    method: request.method,
    headers,
    redirect: 'manual',
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  if (response.ok || alsoAccepted.includes(response.status)) return response;
  throw await failureOf(connection, request, response);
}

async function reach(
  connection: Connection,
  { path }: ApiRequest,
  init: RequestInit,
): Promise<Response> {
  // ends with the head: a long download is the caller's to give up
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), connection.timeoutMs);
  try {
    return await connection.fetch(new URL(path, connection.origin), {
      ...init,
      signal: controller.signal,
    });
  } catch (cause) {
    const why = controller.signal.aborted
      ? `did not answer within ${connection.timeoutMs / 1000} seconds`
      : 'could not be reached';
    throw new CountersignError('server-unreachable', `the gateway at ${connection.origin} ${why}`, {
      hint: 'check the address, and that "countersign serve" runs there',
      cause,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function failureOf(
  { origin }: Connection,
  { method, path }: ApiRequest,
  response: Response,
): Promise<CountersignError> {
  const told = await problemIn(response);
  if (told !== undefined) return told;
  const { status } = response;
  if (status >= 300 && status < 400) {
    return new CountersignError(
      'server-unreachable',
      `the gateway at ${origin} answered with a redirect, which is not followed`,
      { hint: 'use the address that the gateway itself is configured with' },
    );
  }
  return new CountersignError(
    'server-unreachable',
    `${origin} answered ${method} ${path} with status ${status} and no problem that we know`,
    { hint: 'something between here and the gateway may answer in its place, or versions differ' },
  );
}

async function problemIn(response: Response): Promise<CountersignError | undefined> {
  const type = response.headers.get('content-type') ?? '';
  try {
    if (!type.startsWith(PROBLEM_MEDIA_TYPE)) {
      await response.body?.cancel();
      return undefined;
    }
    return errorOfProblem(JSON.parse(await readText(response)));
  } catch {
    return undefined;
  }
}

/** The body as text. Throws 'limit-exceeded' past 64 MiB and 'server-unreachable' where it breaks off. */
export async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  let size = 0;
  for await (const chunk of readBytes(response)) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      throw new CountersignError(
        'limit-exceeded',
        `an answer of the gateway is larger than ${MAX_ANSWER_BYTES} bytes`,
      );
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The body's bytes as they arrive. Throws 'server-unreachable' where it breaks off. */
export async function* readBytes(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new CountersignError('server-unreachable', 'the answer of the gateway broke off', {
          hint: 'try again',
          cause,
        });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The body as JSON of this shape. Throws 'server-unreachable' where it is not. */
export async function readJson<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  const text = await readText(response);
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CountersignError(
      'server-unreachable',
      'the answer of the gateway does not have the expected form',
      { hint: 'compare the versions of client and gateway', cause },
    );
  }
}
