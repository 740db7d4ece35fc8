import { chmod, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../host/secret.ts';
import { createKeyFile, readKeyFile } from './key-file.ts';
import { createKeyWrapper } from './key-wrapper.ts';
import { createPassphraseKey, openPassphraseKey } from './passphrase.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('key file', () => {
  test('is 32 random bytes with mode 0600, and is never overwritten', async () => {
    const path = join(folder, 'wrap.key');
    await createKeyFile(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const key = await readKeyFile(path);
    expect(key.length).toBe(32);
    await expect(createKeyFile(path)).rejects.toMatchObject({ code: 'state-conflict' });
    expect(await readKeyFile(path)).toEqual(key);
  });

  test.each([0o640, 0o604, 0o620, 0o602, 0o610, 0o777])('is refused with mode %o', async (mode) => {
    const path = join(folder, `open-${mode.toString(8)}.key`);
    await createKeyFile(path);
    await chmod(path, mode);
    await expect(readKeyFile(path)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('expected mode 0600'),
      hint: expect.stringContaining(`chmod 600 ${path}`),
    });
  });

  test('is refused behind a link to a file that others may read', async () => {
    const target = join(folder, 'linked.key');
    await createKeyFile(target);
    await chmod(target, 0o644);
    await symlink(target, join(folder, 'link.key'));
    await expect(readKeyFile(join(folder, 'link.key'))).rejects.toMatchObject({
      code: 'config-invalid',
    });
  });

  test.each([0, 31, 33, 44, 5000])('is refused with %i bytes', async (length) => {
    const path = join(folder, `length-${length}.key`);
    await writeFile(path, Buffer.alloc(length, 7), { mode: 0o600 });
    await expect(readKeyFile(path)).rejects.toMatchObject({
      code: length > 4096 ? 'config-invalid' : 'vault-sealed',
    });
  });

  test('is refused when it is not there or is a folder', async () => {
    await expect(readKeyFile(join(folder, 'none.key'))).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('found none'),
    });
    await expect(readKeyFile(folder)).rejects.toMatchObject({ code: 'config-invalid' });
  });
});

describe('passphrase key', () => {
  const passphrase = new Secret(['correct', 'horse', 'battery', 'stapl\u00e9'].join(' '));

  test('is derived again from the same passphrase, however its accents are typed', async () => {
    const { parameters, key } = await createPassphraseKey(passphrase);
    const stored: unknown = JSON.parse(JSON.stringify(parameters));
    expect(await openPassphraseKey(stored, passphrase)).toEqual(key);
    const decomposed = new Secret(passphrase.reveal().normalize('NFD'));
    expect(await openPassphraseKey(stored, decomposed)).toEqual(key);
    expect(createKeyWrapper(key).keyId).toBe(parameters.keyId);
  });

  test('is not the same for the same passphrase elsewhere', async () => {
    const one = await createPassphraseKey(passphrase);
    const two = await createPassphraseKey(passphrase);
    expect(one.key).not.toEqual(two.key);
  });

  test('a wrong passphrase or changed salt is called sealed', async () => {
    const { parameters } = await createPassphraseKey(passphrase);
    const wrong = new Secret(`${passphrase.reveal()} `);
    await expect(openPassphraseKey(parameters, wrong)).rejects.toMatchObject({
      code: 'vault-sealed',
    });
    const salt = Buffer.alloc(16, 1).toString('base64');
    await expect(openPassphraseKey({ ...parameters, salt }, passphrase)).rejects.toMatchObject({
      code: 'vault-sealed',
    });
  });

  test.each([
    ['more memory than a machine has', { memoryKib: 2 ** 31 }],
    ['less memory than is safe', { memoryKib: 8 }],
    ['endless passes', { passes: 1_000_000 }],
    ['another algorithm', { algorithm: 'argon2i' }],
    ['a salt of another length', { salt: 'AAAA' }],
    ['a salt that is no base64', { salt: '***' }],
  ])('parameters with %s are refused before any work is done', async (_, change) => {
    const parameters = {
      schema: 'countersign/vault-passphrase/v1',
      algorithm: 'argon2id',
      memoryKib: 65_536,
      passes: 3,
      parallelism: 1,
      salt: Buffer.alloc(16, 1).toString('base64'),
      keyId: '0'.repeat(16),
    };
    await expect(openPassphraseKey({ ...parameters, ...change }, passphrase)).rejects.toMatchObject(
      { code: 'malformed-document' },
    );
  });

  test('a short passphrase is refused', async () => {
    await expect(createPassphraseKey(new Secret('elevenchars'))).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
