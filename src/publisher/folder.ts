/**
 * The publisher's own folder: keys, trust file, journal. Only this process (in production: this
 * user) reads it.
 *
 *   ledger.key    C2SP signer key of the log          wrap.key    32 bytes that wrap the vault's keys
 *   deposit.key   X25519 key that deposits go to      wrap.json   or: parameters of a passphrase
 *   trust.json    genesis digest and ledger key       checkpoint, entries   the journal
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { chmod, mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hasher } from '../core/crypto.ts';
import { CountersignError } from '../core/errors.ts';
import { type Trust, trust as trustReader } from '../core/genesis.ts';
import { readPrivateFile, type Secret } from '../host/secret.ts';
import type { NoteSigner } from '../tlog/note.ts';
import {
  createVerifierKey,
  formatSignerKey,
  formatVerifierKey,
  parseSignerKey,
} from '../tlog/note-key.ts';
import { depositPublicKey } from '../vault/deposit.ts';
import { createKeyFile, readKeyFile } from '../vault/key-file.ts';
import { createKeyWrapper } from '../vault/key-wrapper.ts';
import { createPassphraseKey, openPassphraseKey, passphraseKey } from '../vault/passphrase.ts';
import { createVault, type Vault } from '../vault/vault.ts';
import { type Journal, openJournal } from './journal.ts';

// PKCS #8 of an Ed25519 private key (RFC 8410) up to its 32 bytes of seed.
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The public halves, for the genesis. */
export interface PublicKeys {
  readonly ledger: string;
  readonly publisher: string;
}

/**
 * Makes the keys of a new instance. `origin` names the log, such as `release.example.com/log`; a
 * `passphrase` takes the place of the wrapping key file. Throws `state-conflict` where keys exist,
 * `usage` for a passphrase of fewer than 12 characters, and has then written nothing.
 */
export async function createPublisherFolder(
  hasher: Hasher,
  folder: string,
  origin: string,
  passphrase: Secret | null = null,
): Promise<PublicKeys> {
  // Before anything is written: a refused passphrase must not leave half a folder behind.
  const wrapping = passphrase === null ? null : await createPassphraseKey(passphrase);
  wrapping?.key.fill(0);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32));
  const key = await createVerifierKey(hasher, origin, 'ed25519', publicKeyOf(seed));
  const text = formatSignerKey({ name: key.name, keyId: key.keyId, algorithm: 'ed25519', seed });
  await writeNew(join(folder, 'ledger.key'), `${text}\n`);
  await createKeyFile(join(folder, 'deposit.key'));
  if (wrapping === null) await createKeyFile(join(folder, 'wrap.key'));
  else await writeNew(join(folder, 'wrap.json'), `${JSON.stringify(wrapping.parameters)}\n`);
  return readPublicKeys(hasher, folder);
}

/** The public halves of keys that exist. */
export async function readPublicKeys(hasher: Hasher, folder: string): Promise<PublicKeys> {
  const signer = await readNoteSigner(hasher, folder);
  const depositKey = await readKeyFile(join(folder, 'deposit.key'));
  try {
    return { ledger: formatVerifierKey(signer.key), publisher: depositPublicKey(depositKey) };
  } finally {
    depositKey.fill(0);
  }
}

export async function writeTrustFile(folder: string, trust: Trust): Promise<void> {
  await writeNew(join(folder, 'trust.json'), `${JSON.stringify(trust, null, 2)}\n`);
}

/** What the publisher process holds while it runs. */
export interface OpenedFolder {
  readonly trust: Trust;
  readonly signer: NoteSigner;
  readonly vault: Vault;
  readonly depositKey: Uint8Array;
  readonly journal: Journal;
}

/**
 * Opens everything. `askPassphrase` is called when the vault is sealed under one. Throws
 * `vault-sealed` for keys that are missing, readable by others, or do not fit.
 */
export async function openPublisherFolder(
  hasher: Hasher,
  folder: string,
  askPassphrase: () => Promise<Secret>,
): Promise<OpenedFolder> {
  await requireClosedFolder(folder);
  const trust = trustReader(JSON.parse(await readText(join(folder, 'trust.json'))), 'trust file');
  const signer = await readNoteSigner(hasher, folder);
  if (formatVerifierKey(signer.key) !== trust.ledger) {
    throw new CountersignError('ledger-corrupt', 'the ledger key is not the one of the trust file');
  }
  const wrapping = await readWrappingKey(folder, askPassphrase);
  const vault = createVault({ wrapper: createKeyWrapper(wrapping) });
  wrapping.fill(0);
  return {
    trust,
    signer,
    vault,
    depositKey: await readKeyFile(join(folder, 'deposit.key')),
    journal: await openJournal(folder),
  };
}

async function readWrappingKey(
  folder: string,
  askPassphrase: () => Promise<Secret>,
): Promise<Uint8Array> {
  const parameters = await readFile(join(folder, 'wrap.json'), 'utf8').catch(() => null);
  if (parameters === null) return readKeyFile(join(folder, 'wrap.key'));
  return openPassphraseKey(
    passphraseKey(JSON.parse(parameters), 'wrap.json'),
    await askPassphrase(),
  );
}

async function readNoteSigner(hasher: Hasher, folder: string): Promise<NoteSigner> {
  const bytes = await readPrivateFile(join(folder, 'ledger.key'), 4096);
  const { name, keyId, seed } = parseSignerKey(bytes.toString('utf8').trim());
  bytes.fill(0);
  const key = await createVerifierKey(hasher, name, 'ed25519', publicKeyOf(seed));
  if (key.keyId !== keyId) {
    throw new CountersignError(
      'vault-sealed',
      `${join(folder, 'ledger.key')} is damaged: its key id does not fit its key`,
    );
  }
  const privateKey = privateKeyOf(seed);
  return { key, sign: async (message) => new Uint8Array(sign(null, message, privateKey)) };
}

function privateKeyOf(seed: Uint8Array) {
  return createPrivateKey({
    key: Buffer.concat([ED25519_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
}

function publicKeyOf(seed: Uint8Array): Uint8Array {
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(-32));
}

async function requireClosedFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found === null) {
    throw new CountersignError('vault-sealed', `${folder}: the publisher's folder is missing`, {
      hint: 'run countersign init, or restore it from its backup',
    });
  }
  if ((found.mode & 0o077) !== 0) {
    throw new CountersignError('vault-sealed', `${folder}: others may look into it`, {
      hint: `chmod 700 ${folder}`,
    });
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CountersignError('vault-sealed', `${file} is missing`, {
      hint: 'the founding writes it: countersign init found',
      cause,
    });
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    throw new CountersignError('state-conflict', `${file} exists already`, {
      hint: 'a founding happens once; use another data folder for another instance',
      cause,
    });
  });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
