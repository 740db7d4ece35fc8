/** Packed artifacts that the examples of artifact rules are variations of. */
import { createHash } from 'node:crypto';
import type { PublicationHistory } from '../../core/manifest.ts';
import type { ArchiveEntry } from '../../formats/archive-entry.ts';
import { fileExample } from '../artifact/packed-file.ts';
import { SAMPLE_ASKED_AT } from './sample-release.ts';

/** The files of one artifact of sampleRelease, with those of the version before; without `before`
 * it is a first release. `twin` is the other file of the Python package. */
export interface ArtifactSample {
  readonly kind: 'tarball' | 'wheel' | 'sdist';
  readonly entries: readonly ArchiveEntry[];
  readonly before?: readonly ArchiveEntry[];
  /** Those of a version upstream, after the one before, that nobody approved. */
  readonly upstream?: readonly ArchiveEntry[];
  readonly twin?: Omit<ArtifactSample, 'twin'>;
  /** What the registry told of dependencies. */
  readonly histories?: readonly PublicationHistory[];
  /** Files of the commit below the package's folder, which is the top. */
  readonly commit?: Readonly<Record<string, string>>;
  readonly outputs?: readonly string[];
}

/** What npm's registry told of a package: how old its only version is, that it knows none, or no
 * time at all (null). */
export function sampleHistory(name: string, ageMs: number | 'absent' | null): PublicationHistory {
  const about = { ecosystem: 'npm', package: name, reason: null, first: null, newest: [] };
  if (ageMs === 'absent') return { ...about, answer: 'absent' };
  if (ageMs === null) return { ...about, answer: 'untold', reason: 'no times' };
  const first = new Date(Date.parse(SAMPLE_ASKED_AT) - ageMs).toISOString();
  return { ...about, answer: 'told', first, newest: [{ version: '1.0.0', at: first }] };
}

/** Content by path; a mode other than 644 stands before it. */
export type SampleFiles = Readonly<Record<string, string | readonly [mode: number, text: string]>>;

/** An npm package with these fields in its package.json. */
export function npmFiles(fields: object, files: SampleFiles = {}): readonly ArchiveEntry[] {
  const about = { name: '@aitbc/explorer-web', version: '1.2.3', license: 'MIT', ...fields };
  return pack('package/', { 'package.json': JSON.stringify(about, null, 2), ...files });
}

/** An npm package, as it was and as it is. */
export function npmChange(
  before: readonly [fields: object, files?: SampleFiles],
  after: readonly [fields: object, files?: SampleFiles],
): ArtifactSample {
  return { kind: 'tarball', before: npmFiles(...before), entries: npmFiles(...after) };
}

/** A first release of an npm package. */
export function npmFirst(fields: object, files: SampleFiles = {}): ArtifactSample {
  return { kind: 'tarball', entries: npmFiles(fields, files) };
}

/** A wheel whose RECORD is right, unless `files` brings another. `about` stands in METADATA. */
export function wheelFiles(files: SampleFiles, about = ''): readonly ArchiveEntry[] {
  const info = 'aitbc_agent_sdk-1.2.3.dist-info';
  const content: SampleFiles = {
    [`${info}/METADATA`]: metadata(about),
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\n',
    ...files,
  };
  const packed = pack('', content);
  const lines = packed.map(({ path, content: bytes }) => {
    const hash = createHash('sha256').update(bytes).digest('base64url');
    return `${path},sha256=${hash},${bytes.length}\n`;
  });
  const record = `${lines.join('')}${info}/RECORD,,\n`;
  return files[`${info}/RECORD`] === undefined
    ? [...packed, ...pack('', { [`${info}/RECORD`]: record })]
    : packed;
}

/** A source distribution. */
export function sdistFiles(files: SampleFiles, about = ''): readonly ArchiveEntry[] {
  const top = 'aitbc_agent_sdk-1.2.3/';
  return pack(top, { 'PKG-INFO': metadata(about), 'pyproject.toml': '[project]\n', ...files });
}

function metadata(about: string): string {
  return `Metadata-Version: 2.2\nName: aitbc-agent-sdk\nVersion: 1.2.3\n${about}`;
}

function pack(top: string, files: SampleFiles): readonly ArchiveEntry[] {
  return Object.entries(files).map(([path, file]) => {
    const [mode, text] = typeof file === 'string' ? [0o644, file] : file;
    return { ...fileExample(`${top}${path}`, text), mode };
  });
}
