/** The files of a commit, in short: what packed files are compared with. */
import { integer, list, literal, nullable, object, type Read, sha256, text } from './shape.ts';

/** Files of one commit that are looked at; a project with more is not compared. */
export const SOURCE_FILES_MAX = 20_000;

/** Bytes of a tree in canonical form: 20,000 paths of some hundred bytes and their digests. */
export const SOURCE_TREE_MAX_BYTES = 16 * 1024 * 1024;

/** A link's content is its target; a submodule's the id of its commit. */
const sourceFile = object({
  path: text,
  kind: literal('file', 'link', 'submodule'),
  sizeBytes: integer(0),
  sha256,
});
export type SourceFile = Read<typeof sourceFile>;

/** Where a package lies in the commit: `root` is a folder without slash at its end, '' for the top,
 * null where no folder is this package. `manifest` is the text of its package.json. */
const sourcePackage = object({
  ecosystem: text,
  package: text,
  root: nullable(text),
  manifest: nullable(text),
});
export type SourcePackage = Read<typeof sourcePackage>;

/** `countersign/source-tree/v1`. `files` in order of path. */
export const sourceTree = object({
  schema: literal('countersign/source-tree/v1'),
  commit: text,
  packages: list(sourcePackage, 1000),
  files: list(sourceFile, SOURCE_FILES_MAX),
});
export type SourceTree = Read<typeof sourceTree>;
