import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { createHttpServer, type HttpServerDeps } from '../../src/http/server.ts';
import { keepingLog, type LoggedLine } from './gateway-double.ts';

export interface Running {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  readonly lines: readonly LoggedLine[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** The real server on a free loopback port. */
export async function listen(
  gateway: HttpServerDeps['gateway'],
  options: Omit<Partial<HttpServerDeps>, 'gateway'> = {},
): Promise<Running> {
  const log = keepingLog();
  const server = createHttpServer({ gateway, log, ...options });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    url: `http://127.0.0.1:${port}`,
    lines: log.lines,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface RawAnswer {
  /** Such as `HTTP/1.1 403 no such thing`. */
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends these bytes as they are and reads until the server closes. A number is a pause in
 * milliseconds; `hang up` ends the connection from our side.
 */
export function sendRaw(
  port: number,
  ...parts: readonly (string | Uint8Array | number | 'hang up')[]
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', (error) => (text === '' ? reject(error) : undefined));
    socket.on('close', () => resolve(parseAnswer(text)));
    socket.on('connect', async () => {
      for (const part of parts) {
        if (socket.destroyed) return;
        if (typeof part === 'number') await new Promise((go) => setTimeout(go, part));
        else if (part === 'hang up') socket.destroy();
        else await new Promise((go) => socket.write(part, go));
      }
    });
  });
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }),
  );
  return { line, headers, body: body.join('\r\n\r\n') };
}

/** A request with `Connection: close`; `content-length` is added where there is a body. */
export function requestText(
  first: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const all = {
    host: 'gateway.test',
    connection: 'close',
    ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const fields = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${first} HTTP/1.1\r\n${fields.join('')}\r\n${body}`;
}
