/** Other scanners, as they are run here: on a folder, without network, every finding shown. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { peerFolders } from './corpus.ts';

/** A scanner and how its output is counted. */
export interface Peer {
  readonly name: string;
  /** Overrides where the program is looked for. */
  readonly variable: string;
  readonly parameters: (folder: string) => readonly string[];
  readonly count: (output: string) => number;
}

const occurrences = (pattern: RegExp) => (output: string) => [...output.matchAll(pattern)].length;

export const PEERS: readonly Peer[] = [
  {
    name: 'gitleaks',
    variable: 'GITLEAKS',
    parameters: (folder) => [
      'dir',
      folder,
      '--no-banner',
      '--exit-code',
      '0',
      '-f',
      'json',
      '-r',
      '/dev/stdout',
      '--redact',
    ],
    count: occurrences(/"RuleID":/g),
  },
  {
    name: 'betterleaks',
    variable: 'BETTERLEAKS',
    parameters: (folder) => [
      folder,
      ...['--jsonl', '--no-banner', '--no-color', '--validate=false', '--redact'],
      ...['--exit-code=0', '--jobs=1'],
    ],
    count: occurrences(/"(?:rule_?id|RuleID)":/gi),
  },
  {
    name: 'kingfisher',
    variable: 'KINGFISHER',
    parameters: (folder) => [
      'scan',
      folder,
      '--no-validate',
      '--no-update-check',
      '--jobs',
      '1',
      '--format',
      'jsonl',
      '--redact',
    ],
    count: occurrences(/"fingerprint":/g),
  },
  {
    name: 'trufflehog',
    variable: 'TRUFFLEHOG',
    parameters: (folder) => [
      'filesystem',
      folder,
      '--no-verification',
      '--no-update',
      '--json',
      '--concurrency',
      '1',
    ],
    count: occurrences(/"DetectorName":/g),
  },
  {
    name: 'secretlint',
    variable: 'SECRETLINT',
    parameters: (folder) => [
      ...[
        '--secretlintrcJSON',
        '{"rules":[{"id":"@secretlint/secretlint-rule-preset-recommend"}]}',
      ],
      ...['--maskSecrets', '--format', 'json', `${folder}/**/*`],
    ],
    count: occurrences(/"ruleId":/g),
  },
  {
    name: 'detect-secrets',
    variable: 'DETECT_SECRETS',
    // of a folder that it was not started in it says nothing
    parameters: (folder) => [
      '-C',
      folder,
      '--cores',
      '1',
      'scan',
      '--all-files',
      '--no-verify',
      '.',
    ],
    count: occurrences(/"hashed_secret":/g),
  },
];

/** The program: by its variable, in the cache, or on PATH; undefined when there is none. */
export function findPeer({ name, variable }: Pick<Peer, 'name' | 'variable'>): string | undefined {
  const named = process.env[variable];
  if (named !== undefined) return named;
  const folders = [...peerFolders(), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
