/** TLS in front of a server on loopback, under a certificate authority that nobody else has. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request, type Server } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TlsProxy {
  /** `https://localhost:PORT`. */
  readonly origin: string;
  /** What makes clients of Node and Python believe the certificate. */
  readonly env: Readonly<Record<string, string>>;
  /** A proxy (HTTPS_PROXY) that leads here whatever host is asked for. */
  readonly connectUrl: string;
  /** Where the calls go, on loopback. Before it is said they fail. */
  forwardTo(port: number): void;
  stop(): Promise<void>;
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/**
 * Needs the program openssl. `alias` is a host that it answers for too, where `/legacy/` is what is
 * `/pypi/legacy/` behind it.
 */
export async function startTlsProxy(alias: string | null = null): Promise<TlsProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'));
  const { key, cert } = makeCertificate(folder, alias);
  let target = 0;
  const server = createServer({ key, cert }, (incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    const path = headers.host === alias ? url.replace(/^\/legacy\//, '/pypi/legacy/') : url;
    const forwarded = request({ host: '127.0.0.1', port: target, method, path, headers });
    forwarded.once('error', () => outgoing.destroy());
    forwarded.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  const port = await listen(server);
  const tunnel = createHttpServer();
  tunnel.on('connect', (_request, socket, head) => {
    const inner = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      inner.write(head);
      inner.pipe(socket).pipe(inner);
    });
    for (const end of [inner, socket])
      end.on('error', () => [inner, socket].map((one) => one.destroy()));
  });
  const connectPort = await listen(tunnel);
  const authority = join(folder, 'ca.pem');
  return {
    origin: `https://localhost:${port}`,
    connectUrl: `http://127.0.0.1:${connectPort}`,
    env: {
      NODE_EXTRA_CA_CERTS: authority,
      REQUESTS_CA_BUNDLE: authority,
      SSL_CERT_FILE: authority,
    },
    forwardTo(port) {
      target = port;
    },
    async stop() {
      for (const one of [server, tunnel]) {
        one.close();
        one.closeAllConnections();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listen(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  return (server.address() as AddressInfo).port;
}

/** An authority in `ca.pem`, and a certificate for localhost and `alias` that it signed. */
function makeCertificate(
  folder: string,
  alias: string | null,
): { readonly key: Buffer; readonly cert: Buffer } {
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const authority = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'];
  const extensions = authority.flatMap((one) => ['-addext', one]);
  const days = ['-days', '2'];
  openssl(
    'req',
    '-x509',
    ...EC,
    ...days,
    '-subj',
    '/CN=test authority',
    ...extensions,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  openssl('req', ...EC, '-subj', '/CN=localhost', '-keyout', 'leaf.key', '-out', 'leaf.csr');
  const leaf = [
    'basicConstraints=CA:FALSE',
    'extendedKeyUsage=serverAuth',
    `subjectAltName=DNS:localhost,IP:127.0.0.1${alias === null ? '' : `,DNS:${alias}`}`,
  ];
  writeFileSync(join(folder, 'leaf.cnf'), `${leaf.join('\n')}\n`);
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'leaf.cnf'];
  openssl('x509', '-req', '-in', 'leaf.csr', ...signing, ...days, '-out', 'leaf.pem');
  const read = (file: string) => readFileSync(join(folder, file));
  return { key: read('leaf.key'), cert: read('leaf.pem') };
}
