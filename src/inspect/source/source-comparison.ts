/**
 * Packed files beside the files of the commit. A packed file is looked for only where the ecosystem
 * would have taken it from; what a build tool writes by itself is named here, what the project's
 * build writes in the signed rules.
 */
import type { SourceFile, SourcePackage } from '../../core/source-tree.ts';
import { matchesTagFilter } from '../../core/tag-filter.ts';
import type { PackedFile, PackedTree } from '../artifact/packed-tree.ts';
import { changedFields } from './package-json-edits.ts';

/** What an artifact is compared with. */
export interface ArtifactSource {
  readonly commit: string;
  readonly place: SourcePackage;
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Patterns of packed files that the build makes. */
  readonly outputs: readonly string[];
}

/** A packed file that is not as in the commit. `source` is the path there; `fields` those of a
 * package.json that differ. */
export type SourceDifference =
  | { readonly kind: 'absent'; readonly file: PackedFile }
  | {
      readonly kind: 'differs';
      readonly file: PackedFile;
      readonly source: string;
      readonly fields: readonly string[];
    };

/** The setup.cfg that setuptools writes into a source distribution where there is none. */
const EGG_INFO_SETUP = '1c473cbaee8da5fc46e7f0158794af5cea4414c34a3cf3f180c2001f5e38bd3e';

const TOP_DOCUMENT = /^(?:licen[cs]e|copying|notice|readme|changelog|authors)[^/]*$/i;

const WHEEL_METADATA =
  /\.dist-info\/(?:METADATA|WHEEL|RECORD|top_level\.txt|entry_points\.txt|zip-safe|namespace_packages\.txt)$/;

const EGG_INFO =
  /(?:^|\/)[^/]+\.egg-info\/(?:PKG-INFO|SOURCES\.txt|requires\.txt|top_level\.txt|dependency_links\.txt|entry_points\.txt|(?:not-)?zip-safe|namespace_packages\.txt)$/;

/** In order of path; empty where every file is as in the commit, or made by a declared build. */
export function compareWithSource(
  tree: PackedTree,
  source: ArtifactSource,
): readonly SourceDifference[] {
  return tree.files.flatMap((file): SourceDifference[] => {
    if (isWritten(tree, file) || isOutput(file, source)) return [];
    const candidates = candidatesOf(tree, file, source).flatMap((path) => {
      const found = source.files.get(path);
      return found === undefined || found.kind === 'submodule' ? [] : [found];
    });
    if (candidates.some((one) => one.sha256 === file.sha256)) return [];
    const [first] = candidates;
    if (first === undefined) return [{ kind: 'absent', file }];
    if (tree.layout === 'npm' && file.place === 'package.json') {
      const fields = changedFields(source.place.manifest ?? '', textOf(tree, file.place));
      return fields.length === 0 ? [] : [{ kind: 'differs', file, source: first.path, fields }];
    }
    return [{ kind: 'differs', file, source: first.path, fields: [] }];
  });
}

function textOf(tree: PackedTree, place: string): string {
  return Buffer.from(tree.texts.get(place) ?? []).toString('utf8');
}

function isOutput({ place }: PackedFile, { outputs }: ArtifactSource): boolean {
  return outputs.length > 0 && matchesTagFilter(outputs, place);
}

/** What the packing tool itself writes; other rules look into it. */
function isWritten(tree: PackedTree, { place, sizeBytes, sha256 }: PackedFile): boolean {
  switch (tree.layout) {
    case 'wheel':
      return WHEEL_METADATA.test(place);
    case 'sdist':
      return (
        place === 'PKG-INFO' ||
        EGG_INFO.test(place) ||
        (place === 'setup.cfg' && isPlainSetup(sizeBytes, sha256))
      );
    case 'npm':
    case 'other':
      return false;
  }
}

function isPlainSetup(sizeBytes: number, sha256: string | null): boolean {
  return sizeBytes === 38 && sha256 === EGG_INFO_SETUP;
}

/** Paths of the commit that this file can come from, the likeliest first. */
function candidatesOf(
  tree: PackedTree,
  { place }: PackedFile,
  { place: { root } }: ArtifactSource,
): readonly string[] {
  if (root === null) return [];
  const at = (path: string) => (root === '' ? path : `${root}/${path}`);
  const isDocument = TOP_DOCUMENT.test(place);
  switch (tree.layout) {
    case 'wheel': {
      const licence = /\.dist-info\/(?:licen[cs]es?\/)?([^/]+)$/.exec(place)?.[1];
      if (licence !== undefined && TOP_DOCUMENT.test(licence)) return [at(licence), licence];
      return [at(place), at(`src/${place}`), at(`lib/${place}`), at(`python/${place}`)];
    }
    case 'npm':
    case 'sdist':
      // licence and readme of a workspace often lie at the top of the repository
      return isDocument ? [at(place), place] : [at(place)];
    case 'other':
      return [at(place)];
  }
}
