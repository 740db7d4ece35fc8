/** What an artifact holds, in short: what the next version is compared with. */
import {
  integer,
  list,
  literal,
  nullable,
  object,
  objectWith,
  type Read,
  sha256,
  text,
} from './shape.ts';

/** Files that a summary names one by one; the rest is one number and one digest. */
export const SUMMARY_FILES_MAX = 10_000;

/** Bytes of a summary in canonical form: 10,000 paths of a kibibyte and their digests. */
export const SUMMARY_MAX_BYTES = 16 * 1024 * 1024;

/** `form` is told by the first bytes: `native` is code for a processor, `binary` all else with NULs. */
const summaryFile = objectWith(
  {
    /** Without the top folder, and without the version in the names of a wheel's own folders. */
    place: text,
    form: literal('text', 'binary', 'native', 'wasm', 'link'),
    mode: integer(0, 0o7777),
    sizeBytes: integer(0),
    sha256,
  },
  {
    /** What the code of this file can do, in order of id. Absent where that is nothing, and in
     * summaries from before it was told. */
    uses: list(text, 20),
  },
);
export type SummaryFile = Read<typeof summaryFile>;

/** `countersign/summary/v1`: canonical, and a pure function of the artifact's bytes. */
export const artifactSummary = objectWith(
  {
    schema: literal('countersign/summary/v1'),
    file: text,
    sha256,
    layout: literal('npm', 'wheel', 'sdist', 'other'),
    /** In order of place. */
    files: list(summaryFile, SUMMARY_FILES_MAX),
    /** Files after the last of `files`, and the SHA-256 of their canonical list; null: none. */
    rest: nullable(object({ count: integer(1), sizeBytes: integer(0), sha256 })),
    /** All files. */
    sizeBytes: integer(0),
    /** What metadata says, flat, in order of name: `scripts.install`, `dependencies.left-pad`. */
    facts: list(object({ name: text, value: text }), 20_000),
    /** What the code can do, in order of id, each with the first file that shows it. */
    capabilities: list(object({ id: text, place: text }), 100),
  },
  {
    /** How many files have `uses`, those after the bound too. Absent in summaries from before
     * files said so. */
    usingFiles: integer(0),
  },
);
export type ArtifactSummary = Read<typeof artifactSummary>;
