/** What the rebuilt incidents are made of. */
import { call } from '../../src/inspect/artifact/file-kind.ts';
import {
  type ArtifactSample,
  npmChange,
  sampleHistory,
  wheelFiles,
} from '../../src/inspect/samples/sample-artifact.ts';
import type { SampleChanges } from '../../src/inspect/samples/sample-release.ts';

/** `rules` must each hold or reject; others may. */
export interface IncidentPattern {
  readonly id: string;
  /** What is built, in a few words. */
  readonly pattern: string;
  readonly rules: readonly string[];
  readonly make: () => ArtifactSample;
  readonly release?: SampleChanges;
}

export const HOUR_MS = 3_600_000;
export const MAIN = { 'index.js': 'exports.one = 1;\n' };
export const ESM = { 'index.js': 'export const one = 1;\n' };
/** A child process that is started with this text, put together so that no file here calls one. */
export const starts = (text: string) =>
  `${call('require')}"child_process").${call('exec')}${text});exports.one = 1;\n`;
export const filler = (bytes: number) => `//${'x'.repeat(bytes)}\n`;
const hexNames = Array.from({ length: 90 }, (_, at) => `_0x${(at + 40_000).toString(16)}`);
export const obfuscated = `var ${hexNames.join('=1,')}=1;`;
export const base64 = 'QUJDREVGR0hJSktMTU5P'.repeat(80);
/** A hook beside a file that it starts. */
export const hooked = (hook: string, file: string, content: string) =>
  npmChange([{}, MAIN], [{ scripts: { [hook]: `node ${file}` } }, { ...MAIN, [file]: content }]);
export const depends = (name: string, range: string, ageMs: number): ArtifactSample => ({
  ...npmChange([{}, MAIN], [{ dependencies: { [name]: range } }, MAIN]),
  histories: [sampleHistory(name, ageMs)],
});
/** A wheel that gains these files; what it had stays. */
export const wheel = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): ArtifactSample => ({
  kind: 'wheel',
  before: wheelFiles({ 'agent/__init__.py': 'one = 1\n', ...before }),
  entries: wheelFiles({ 'agent/__init__.py': 'one = 1\n', ...before, ...after }),
});

/** Reads a publishing token and publishes, with a tail of this many bytes. */
export function worm(bytes: number): string {
  return `run("trufflehog filesystem /"); read(".npmrc"); run("npm publish");\n${filler(bytes)}`;
}
