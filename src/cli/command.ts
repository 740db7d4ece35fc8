/** What every command is given, and what it gives back. */
import type { Command } from 'commander';
import type { Genesis, Trust } from '../core/genesis.ts';
import type { Ecosystem } from '../ecosystem/ecosystem.ts';
import type { SignedStatement } from '../evidence/signed-statement.ts';
import type { Config } from '../host/config.ts';
import type { Secret } from '../host/secret.ts';
import type { InputStream } from './line-reader.ts';
import type { SshSigner } from './ssh-sign.ts';
import type { Line, OutputStream, Terminal } from './terminal.ts';

/** The world around the program; tests give another one. */
export interface CommandHost {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly fetch: typeof globalThis.fetch;
  /** RFC 3339 UTC with milliseconds. */
  now(): string;
  random(length: number): Uint8Array;
  sleep(milliseconds: number): Promise<void>;
  /** Fires when this process is asked to end (SIGINT, SIGTERM); a second such signal ends it at once. */
  stopSignal(): AbortSignal;
  signer(keyFile: string): SshSigner;
  /** The ecosystems that this build knows, by name. */
  ecosystems(): Promise<ReadonlyMap<string, Ecosystem>>;
  /**
   * Makes the publisher's keys, with a key file for the vault where `passphrase` is null. Throws
   * `state-conflict` where there are keys, `usage` for a short passphrase.
   */
  createKeys(config: Config, origin: string, passphrase: Secret | null): Promise<Genesis['keys']>;
  /** The public halves of the publisher's keys. */
  readKeys(config: Config): Promise<Genesis['keys']>;
  /** Begins database and ledger with a signed genesis, and gives the publisher its trust file. */
  found(
    config: Config,
    document: string,
    signatures: readonly SignedStatement[],
    trust: Trust,
  ): Promise<void>;
}

/** What a command works with. */
export interface CommandContext {
  readonly host: CommandHost;
  readonly terminal: Terminal;
}

/**
 * The end of a command: 0 done, 1 refused or findings, 3 could not tell. `value` is the document of
 * `--json` (undefined: it was printed while the command ran), `prose` the same for people.
 */
export interface Outcome {
  readonly exit: 0 | 1 | 3;
  readonly value: unknown;
  readonly prose: readonly Line[];
}

/** Runs a command's work and shows its outcome; made by the program, used by each command. */
export type Perform = (work: (context: CommandContext) => Promise<Outcome>) => Promise<void>;

/** Adds one command (with those below it) to the program. */
export type AddCommand = (parent: Command, perform: Perform) => void;

/** The `Examples:` part of a command's help; each line is what a person would type. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}
