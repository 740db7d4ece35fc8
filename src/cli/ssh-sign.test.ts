import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseSshPublicKey } from '../formats/ssh-key.ts';
import { parseSshSignature, verifySshSignature } from '../formats/ssh-signature.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { createSshSigner } from './ssh-sign.ts';

const NAMESPACE = 'approval@countersign';
const message = Uint8Array.from({ length: 300 }, (_, at) => at & 255);
const folder = mkdtempSync(join(tmpdir(), 'countersign-ssh-sign-'));
const at = (name: string) => join(folder, name);
const passphrase = ['only', 'for', 'this', 'test'].join(' ');
const withCode = (code: string) => expect.objectContaining({ code });

function makeKey(name: string, secret = ''): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', secret, '-C', 'alice', '-f', at(name)]);
}
const publicKeyIn = (name: string) => parseSshPublicKey(readFileSync(at(name), 'utf8'));
const signerOf = (name: string) => createSshSigner({ keyFile: at(name), interactive: false });

async function expectFine(armored: string, name: string): Promise<void> {
  const verified = verifySshSignature(nodeCrypto, message, parseSshSignature(armored), {
    namespace: NAMESPACE,
    key: publicKeyIn(name),
  });
  await expect(verified).resolves.toMatchObject({ keyType: 'ssh-ed25519' });
}

beforeAll(() => {
  makeKey('alice');
  makeKey('bob');
  makeKey('locked', passphrase);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  vi.stubEnv('SSH_AUTH_SOCK', undefined);
  vi.stubEnv('SSH_ASKPASS', undefined);
  vi.stubEnv('DISPLAY', undefined);
});
afterEach(() => vi.unstubAllEnvs());

describe('a private key file', () => {
  test('signs, and the signature verifies', async () => {
    await expectFine(await signerOf('alice').sign(NAMESPACE, message), 'alice.pub');
  });

  test('leaves nothing behind, also when signing fails', async () => {
    vi.stubEnv('TMPDIR', mkdtempSync(at('tmp-')));
    const temporary = tmpdir();
    await signerOf('alice').sign(NAMESPACE, message);
    await expect(signerOf('locked').sign(NAMESPACE, message)).rejects.toThrow();
    expect(temporary.startsWith(folder)).toBe(true);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('knows its public key with and without the file beside it', async () => {
    copyFileSync(at('alice'), at('lonely'));
    chmodSync(at('lonely'), 0o600);
    expect(existsSync(at('lonely.pub'))).toBe(false);
    for (const name of ['alice', 'alice.pub', 'lonely']) {
      expect((await signerOf(name).publicKey()).blob).toEqual(publicKeyIn('alice.pub').blob);
    }
    await expectFine(await signerOf('lonely').sign(NAMESPACE, message), 'alice.pub');
  });

  test('with a passphrase asks for it in a helper and never takes it as an argument', async () => {
    writeFileSync(at('askpass'), `#!/bin/sh\necho '${passphrase}'\n`, { mode: 0o700 });
    vi.stubEnv('SSH_ASKPASS', at('askpass'));
    vi.stubEnv('SSH_ASKPASS_REQUIRE', 'force');
    await expectFine(await signerOf('locked').sign(NAMESPACE, message), 'locked.pub');
  });
});

describe('a key in the agent', () => {
  test('signs when its public file is named', async () => {
    const agent = spawn('ssh-agent', ['-D', '-a', at('agent')], { stdio: 'ignore' });
    try {
      await vi.waitUntil(() => existsSync(at('agent')), 5000);
      vi.stubEnv('SSH_AUTH_SOCK', at('agent'));
      execFileSync('ssh-add', ['-q', at('bob')], { stdio: 'ignore' });
      copyFileSync(at('bob.pub'), at('elsewhere.pub'));
      await expectFine(await signerOf('elsewhere.pub').sign(NAMESPACE, message), 'bob.pub');
    } finally {
      agent.kill();
    }
  });

  test('that no agent holds is refused with the way out', async () => {
    copyFileSync(at('bob.pub'), at('orphan.pub'));
    await expect(signerOf('orphan.pub').sign(NAMESPACE, message)).rejects.toThrow(
      expect.objectContaining({
        code: 'tool-failed',
        message: expect.stringContaining('No private key found'),
        hint: expect.stringContaining('ssh-add'),
      }),
    );
  });
});

describe('failures say what to do', () => {
  test('without ssh-keygen', async () => {
    const signer = createSshSigner({ keyFile: at('alice'), program: at('no-such-program') });
    await expect(signer.sign(NAMESPACE, message)).rejects.toThrow(
      expect.objectContaining({ code: 'tool-missing', hint: expect.stringContaining('OpenSSH') }),
    );
  });

  test('without the key', async () => {
    await expect(signerOf('nobody').sign(NAMESPACE, message)).rejects.toThrow(
      withCode('not-found'),
    );
    await expect(signerOf('nobody').publicKey()).rejects.toThrow(withCode('not-found'));
    await expect(signerOf('nobody.pub').publicKey()).rejects.toThrow(withCode('not-found'));
  });

  test('with a passphrase and nobody to ask', async () => {
    await expect(signerOf('locked').sign(NAMESPACE, message)).rejects.toThrow(
      expect.objectContaining({
        code: 'tool-failed',
        message: expect.stringContaining('incorrect passphrase'),
        hint: expect.stringContaining('ssh-add'),
      }),
    );
  });

  test('with a key that others may read', async () => {
    copyFileSync(at('alice'), at('open'));
    copyFileSync(at('alice.pub'), at('open.pub'));
    chmodSync(at('open'), 0o644);
    await expect(signerOf('open').sign(NAMESPACE, message)).rejects.toThrow(
      expect.objectContaining({ code: 'tool-failed', hint: expect.stringContaining('chmod 600') }),
    );
  });

  test('with the public file of another key beside it', async () => {
    copyFileSync(at('alice'), at('mixed'));
    chmodSync(at('mixed'), 0o600);
    copyFileSync(at('bob.pub'), at('mixed.pub'));
    await expect(signerOf('mixed').sign(NAMESPACE, message)).rejects.toThrow(
      expect.objectContaining({
        code: 'tool-failed',
        hint: expect.stringContaining('belongs to another key'),
      }),
    );
  });

  test('with a program that ends well but signs nothing', async () => {
    const signer = createSshSigner({ keyFile: at('alice'), program: 'true' });
    await expect(signer.sign(NAMESPACE, message)).rejects.toThrow(withCode('tool-failed'));
  });

  test('with names that a shell would read', async () => {
    makeKey("a key; touch 'x' $(id)");
    const name = "a key; touch 'x' $(id)";
    await expectFine(await signerOf(name).sign(NAMESPACE, message), `${name}.pub`);
  });
});
