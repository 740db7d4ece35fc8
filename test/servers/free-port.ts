import { createServer } from 'node:net';

/**
 * A loopback TCP port that nothing listened on a moment ago. Another process can still take it
 * first, so `startServerProcess` tries again with another one.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('the loopback probe has no port'));
      });
    });
  });
}
