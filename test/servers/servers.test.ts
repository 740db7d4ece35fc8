import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireTool } from '../tools.ts';
import { hasPypiserver, startPypiserver } from './pypiserver.ts';
import { startVerdaccio } from './verdaccio.ts';

test('a real Verdaccio starts, gives a token twice, knows who holds it, and is gone after stop', async () => {
  const storage = mkdtempSync(join(tmpdir(), 'countersign-verdaccio-'));
  const server = await startVerdaccio({ storage });
  try {
    for (const token of [await server.token('alice'), await server.token('alice')]) {
      const response = await fetch(new URL('-/whoami', server.url), {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(await response.json()).toEqual({ username: 'alice' });
    }
  } finally {
    await server.stop();
    rmSync(storage, { recursive: true, force: true });
  }
  await expect(fetch(server.url)).rejects.toThrow();
});

test.skipIf(!requireTool('pypiserver', hasPypiserver()))(
  'a real pypiserver starts, refuses an upload without its password, and is gone after stop',
  async () => {
    const packagesFolder = mkdtempSync(join(tmpdir(), 'countersign-pypi-'));
    const password = ['one', 'two'].join('-');
    const server = await startPypiserver({ packagesFolder, username: '__token__', password });
    try {
      expect((await fetch(new URL('simple/', server.url))).status).toBe(200);
      const upload = (secret: string) => {
        const form = new FormData();
        form.set(':action', 'list_nothing');
        return fetch(server.url, {
          method: 'POST',
          headers: { authorization: `Basic ${btoa(`__token__:${secret}`)}` },
          body: form,
        });
      };
      expect((await upload('wrong')).status).toBe(403);
      expect((await upload(password)).status).toBe(400);
    } finally {
      await server.stop();
      rmSync(packagesFolder, { recursive: true, force: true });
    }
    await expect(fetch(server.url)).rejects.toThrow();
  },
);
