/** A reverse proxy in front of a registry that sees each request, and can stop the world at one. */
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** What the registry answered; null where it never got the request. */
  status: number | null;
}

/** Called with a request that has not been passed on yet, or whose answer is not given yet. */
export type Interceptor = (
  seen: SeenRequest,
  moment: 'before' | 'after',
) => Promise<'pass' | 'cut'>;

export interface CountingProxy {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** Null passes everything. */
  intercept(interceptor: Interceptor | null): void;
  stop(): Promise<void>;
}

/** Listens on a free loopback port; `target` is the registry's address. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const seen: SeenRequest[] = [];
  let interceptor: Interceptor | null = null;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '/' } = request;
    const one: SeenRequest = { method, path, status: null };
    seen.push(one);
    if ((await interceptor?.(one, 'before')) === 'cut') {
      response.destroy();
      return;
    }
    const answer = await forward(target, request);
    one.status = answer.status;
    if ((await interceptor?.(one, 'after')) === 'cut') {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => {
      // says in the gate's own words why a test fails when its registry is gone
      response.writeHead(502).end(`the registry behind the proxy: ${String(error)}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    seen,
    intercept: (next) => {
      interceptor = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Forwarded {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** The host name stays the proxy's, so that a registry's own links lead through it too. */
function forward(target: string, request: IncomingMessage): Promise<Forwarded> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(target);
    const { method, url: path, headers } = request;
    const passed = send({ hostname, port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const { 'transfer-encoding': _, ...kept } = answer.headers;
        resolve({ status: answer.statusCode ?? 0, headers: kept, body: Buffer.concat(chunks) });
      });
    });
    passed.on('error', reject);
    request.pipe(passed);
  });
}
