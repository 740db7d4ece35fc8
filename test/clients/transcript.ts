/** Runs a client as a person would, and keeps what it prints for docs/clients/. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

const DOCS = fileURLToPath(new URL('../../docs/clients/', import.meta.url));
const UPDATE = process.env['UPDATE_DOCS'] === '1';

export interface ClientRun {
  /** Standard error, then standard output, as printed. */
  readonly text: string;
  /** `text` in one line, so that a client's line breaks do not hide a sentence. */
  readonly flat: string;
  readonly exit: number;
}

/** Runs `program` in `folder` with an empty home: nothing of this machine's settings is there. */
export function runClient(
  program: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<ClientRun> {
  // not inside the folder: npm would pack it
  const home = `${folder}-home`;
  mkdirSync(home, { recursive: true });
  return new Promise((resolve) => {
    const options = {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: home, NO_COLOR: '1', COLUMNS: '120', ...env },
      timeout: 120_000,
    };
    execFile(program, args, options, (error, stdout, stderr) => {
      const text = `${stderr}${stdout}`;
      const exit = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      resolve({ text, flat: text.replaceAll(/\x1b\[[0-9;]*m/g, '').replaceAll(/\s+/g, ' '), exit });
    });
  });
}

/** One page of docs/clients/, a part of it for each client. */
export interface Page {
  /** `secrets` are replaced by their names; `heading` says what was tried. */
  add(client: string, heading: string, command: string, run: ClientRun): void;
  replace(text: string, by: string): void;
  /**
   * Holds the part of this client against the page, or with UPDATE_DOCS=1 writes it. A part that
   * was written with another version of the client is not compared: clients change their words.
   */
  check(client: string, version: string): void;
}

/** The page `docs/clients/NAME.md`, whose first part is an introduction written by hand. */
export function openPage(name: string): Page {
  const file = `${DOCS}${name}.md`;
  const replaced = new Map<string, string>();
  const entries = new Map<string, string[]>();
  return {
    replace: (text, by) => void replaced.set(text, by),
    add(client, heading, command, run) {
      const shown = scrub(run.text, replaced);
      const said = `$ ${command}\n${shown === '' ? '' : `${shown}\n`}`;
      const block = `### ${heading}\n\n\`\`\`console\n${said}\`\`\`\n\nExit code ${run.exit}.\n`;
      entries.set(client, [...(entries.get(client) ?? []), block]);
    },
    check(client, version) {
      const [head = '', ...parts] = readFileSync(file, 'utf8').split(/^(?=## )/m);
      const title = `## ${client}\n\nVersion ${version}.\n`;
      const part = `${title}\n${(entries.get(client) ?? []).join('\n')}`;
      const at = parts.findIndex((one) => one.startsWith(`## ${client}\n`));
      const found = parts[at] ?? '';
      if (UPDATE) {
        const kept = at === -1 ? [...parts, part] : parts.with(at, part);
        writeFileSync(file, `${[head, ...kept].map((one) => one.trimEnd()).join('\n\n')}\n`);
      } else if (found.includes('\nVersion ') && !found.startsWith(title)) {
        process.stderr.write(`NOT COMPARED: ${client} ${version} is not the one of ${file}\n`);
      } else {
        const hint = `run this test with UPDATE_DOCS=1 to write docs/clients/${name}.md`;
        expect(found.trimEnd(), hint).toBe(part.trimEnd());
      }
    },
  };
}

/** What a client says of itself and of its own work, not of the gateway's answer. */
const NOISE = [
  /complete log of this run|\.npm\/_logs|^npm (?:warn|notice) *$|^npm warn|━|\d+% |kB\/s|^\s*$/,
  /^npm notice (?:📦|package:|Tarball|name:|version:|filename:|package size|unpacked size|shasum|integrity|total files|[0-9.]+ ?[kM]?B )/,
];

function scrub(output: string, replaced: ReadonlyMap<string, string>): string {
  let text = output.replaceAll(/\x1b\[[0-9;]*m/g, '');
  for (const [found, by] of replaced) text = text.replaceAll(found, by);
  return text
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:8787')
    .replaceAll(/\b([0-9a-f]{8})[0-9a-f]{32,120}\b/g, '$1...')
    .replaceAll(/\b\d+(?:\.\d+)?(?:ms|s)\b/g, 'TIME')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => NOISE.every((noise) => !noise.test(line)))
    .join('\n');
}
