import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import { parseSshPublicKey, type SshPublicKey } from '../formats/ssh-key.ts';
import { formatSshSignature, parseSshSignature } from '../formats/ssh-signature.ts';

const MAX_OUTPUT_CHARACTERS = 64 * 1024;

/** A person's SSH key, used through ssh-keygen: a file, a key in the agent, or a hardware key. */
export interface SshSigner {
  /**
   * The public key: KEY itself when it ends in .pub, else KEY.pub, else what ssh-keygen reads out
   * of KEY (which may ask for the passphrase). Throws 'not-found', 'malformed-signature',
   * 'tool-missing', 'tool-failed'.
   */
  publicKey(): Promise<SshPublicKey>;
  /**
   * The armored signature over `message` for `namespace`; not verified here. May ask on the
   * terminal for a passphrase, a PIN or a touch, and waits for it. Throws 'not-found' without a
   * key file, 'tool-missing', 'tool-failed', 'malformed-signature' for a key that may not sign.
   */
  sign(namespace: string, message: Uint8Array): Promise<string>;
}

/** What a signer needs. */
export type SshSignerOptions = {
  /** Private key file, or public key file whose private half is in the agent. */
  readonly keyFile: string;
  /** The ssh-keygen to run; found in PATH by default. */
  readonly program?: string;
  /** Whether a person sits at the terminal: ssh-keygen then talks to them directly. */
  readonly interactive?: boolean;
};

/** A signer with the key in `keyFile`. Nothing is read or started before the first call. */
export function createSshSigner(options: SshSignerOptions): SshSigner {
  const { keyFile, program = 'ssh-keygen' } = options;
  const interactive =
    options.interactive ?? (process.stdin.isTTY === true && process.stderr.isTTY === true);
  const run = (args: readonly string[]) => runKeygen({ program, args, interactive, keyFile });
  return {
    async publicKey() {
      if (keyFile.endsWith('.pub')) return parseSshPublicKey(await readKeyFile(keyFile));
      if (await exists(`${keyFile}.pub`)) {
        return parseSshPublicKey(await readKeyFile(`${keyFile}.pub`));
      }
      await assertKeyExists(keyFile);
      return parseSshPublicKey(await run(['-y', '-f', keyFile]));
    },

    async sign(namespace, message) {
      await assertKeyExists(keyFile);
      // a file, not stdin: ssh-keygen asks for a hardware key's PIN on stdin, which must then be
      // the terminal. The message is no secret.
      const folder = await mkdtemp(join(tmpdir(), 'countersign-sign-'));
      try {
        const file = join(folder, 'message');
        await writeFile(file, message, { mode: 0o600 });
        await run(['-Y', 'sign', '-f', keyFile, '-n', namespace, file]);
        return formatSshSignature(parseSshSignature(await readSignature(program, file)));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

type KeygenRun = {
  readonly program: string;
  readonly args: readonly string[];
  readonly interactive: boolean;
  readonly keyFile: string;
};

/** What ssh-keygen wrote to stdout. */
function runKeygen({ program, args, interactive, keyFile }: KeygenRun): Promise<string> {
  return new Promise((resolve, reject) => {
    const talk = interactive ? 'inherit' : 'ignore';
    const child = spawn(program, args, { stdio: [talk, 'pipe', interactive ? 'inherit' : 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(0, MAX_OUTPUT_CHARACTERS);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(0, MAX_OUTPUT_CHARACTERS);
    });
    child.on('error', (cause) => reject(startFailure(program, cause)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(stdout);
      const how = signal === null ? `exit code ${code}` : signal;
      const said = stderr.replaceAll(/[^\x21-\x7e]+/g, ' ').trim();
      const message = interactive ? 'its own message stands above' : said.slice(-1000);
      reject(
        new CountersignError('tool-failed', `${program} ended with ${how}: ${message}`, {
          hint: hintFor(said, keyFile),
        }),
      );
    });
  });
}

function startFailure(program: string, cause: Error): CountersignError {
  return new CountersignError('tool-missing', `the program ${program} cannot be started`, {
    hint: 'install OpenSSH 8.2 or newer (its package is called openssh-client or openssh)',
    cause,
  });
}

function hintFor(said: string, keyFile: string): string {
  if (/unknown option|illegal option|invalid option/.test(said)) {
    return 'OpenSSH 8.2 or newer is needed to sign';
  }
  if (/too open/.test(said)) return `make the key yours alone: chmod 600 ${keyFile}`;
  if (/doesn't match private/.test(said))
    return `${keyFile}.pub belongs to another key; replace it`;
  if (/passphrase/.test(said))
    return 'load the key into the agent with ssh-add, or sign at a terminal';
  if (/No private key found|agent/.test(said)) {
    return 'load the private key into the agent with ssh-add, or name the private key file';
  }
  if (/device|FIDO|touch|PIN/i.test(said)) {
    return 'plug in the hardware key that belongs to this file and touch it when it blinks';
  }
  return `see whether ssh-keygen -Y sign -n file -f ${keyFile} FILE works by itself`;
}

async function readSignature(program: string, file: string): Promise<string> {
  try {
    return await readFile(`${file}.sig`, 'utf8');
  } catch (cause) {
    throw new CountersignError('tool-failed', `${program} ended well but wrote no signature`, {
      hint: 'check that this program is ssh-keygen of OpenSSH 8.2 or newer',
      cause,
    });
  }
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new CountersignError('not-found', `the key file ${path} cannot be read`, { cause });
  }
}

/** The private file may be absent while its .pub is there: the agent or a hardware key has it. */
async function assertKeyExists(keyFile: string): Promise<void> {
  if ((await exists(keyFile)) || (await exists(`${keyFile}.pub`))) return;
  throw new CountersignError('not-found', `there is no key file ${keyFile}`, {
    hint: 'name another file, or make a key with: ssh-keygen -t ed25519',
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
