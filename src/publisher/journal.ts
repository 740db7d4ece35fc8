/**
 * What the publisher remembers outside the database: the leaf hashes of entries that it wrote
 * itself, the manifests that are carried out, and the highest checkpoint that it signed. Whoever holds the database alone can neither
 * invent a "credential used", nor have an old manifest carried out again, nor roll the ledger back
 * unnoticed.
 */
import { open, readFile, rename, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { CountersignError } from '../core/errors.ts';
import type { Sha256 } from '../core/names.ts';
import { encodeHex } from '../formats/base64.ts';

export interface Journal {
  /** Durable on return. Called before the entry's transaction commits: a line without an entry is
   * harmless, an entry without a line would stop the log. */
  add(leafHash: Uint8Array): Promise<void>;
  has(leafHash: Uint8Array): boolean;
  /** A manifest whose action is complete: it never authorises anything again. Durable on return. */
  finish(manifest: Sha256): Promise<void>;
  isFinished(manifest: Sha256): boolean;
  /** Signed note of the highest checkpoint; undefined before the first. */
  head(): string | undefined;
  /** Durable on return. */
  setHead(note: string): Promise<void>;
}

/** Opens the journal in the publisher's own folder. Throws `ledger-corrupt` where it is damaged. */
export async function openJournal(folder: string): Promise<Journal> {
  const entriesFile = join(folder, 'entries');
  const finishedFile = join(folder, 'finished');
  const headFile = join(folder, 'checkpoint');
  const own = new Set(await readLines(entriesFile));
  const finished = new Set(await readLines(finishedFile));
  let head = await readOptional(headFile);
  return {
    has: (leafHash) => own.has(encodeHex(leafHash)),
    isFinished: (manifest) => finished.has(manifest),
    async finish(manifest) {
      if (finished.has(manifest)) return;
      await appendDurably(finishedFile, `${manifest}\n`);
      finished.add(manifest);
    },
    head: () => head,
    async add(leafHash) {
      const line = encodeHex(leafHash);
      await appendDurably(entriesFile, `${line}\n`);
      own.add(line);
    },
    async setHead(note) {
      await replaceDurably(folder, headFile, note);
      head = note;
    },
  };
}

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A torn last line is what a crash leaves: its transaction never committed, so it is cut off. */
async function readLines(file: string): Promise<readonly string[]> {
  const text = (await readOptional(file)) ?? '';
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) await truncate(file, end);
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  const bad = lines.findIndex((line) => !/^[0-9a-f]{64}$/.test(line));
  if (bad < 0) return lines;
  throw new CountersignError('ledger-corrupt', `${file}: line ${bad + 1} is not a SHA-256`, {
    hint: 'restore the publisher folder from its backup',
  });
}

async function appendDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.appendFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function replaceDurably(folder: string, file: string, text: string): Promise<void> {
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  const directory = await open(folder, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
