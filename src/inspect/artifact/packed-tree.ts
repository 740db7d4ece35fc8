/** All packed files of one artifact together, for the rules that need more than one of them. */
import type { SummaryFile } from '../../core/artifact-summary.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Sha256 } from '../../core/names.ts';
import { copyBytes } from '../../formats/bytes.ts';
import { type CapabilityReader, createCapabilityReader } from '../diff/capabilities.ts';
import { factsOf } from '../diff/facts.ts';
import { type LoadedNames, NO_NAMES } from '../diff/loaded-names.ts';
import type { FileWindow, PackedEntry } from '../unpack/unpack.ts';
import { sha256Of } from './digest.ts';
import { isCode } from './file-kind.ts';

/** One packed file without its content. `place` is the path under which versions are compared. */
export interface PackedFile {
  readonly path: string;
  readonly place: string;
  readonly mode: number;
  readonly sizeBytes: number;
  readonly form: SummaryFile['form'];
  /** It begins with `#!` and the path of an interpreter. */
  readonly hasShebang: boolean;
  /** Null where no digests were asked for. */
  readonly sha256: Sha256 | null;
  /** What its code can do, in order of id; empty where that was not asked for. */
  readonly uses: readonly string[];
  /** What its code loads or starts of the package; NO_NAMES where that was not asked for. */
  readonly loads: LoadedNames;
}

/** How the ecosystems lay out an artifact; `other` is none of them. */
export type Layout = 'npm' | 'wheel' | 'sdist' | 'other';

export interface PackedTree {
  readonly layout: Layout;
  /** In order of path; what is neither file nor link is left out. */
  readonly files: readonly PackedFile[];
  /** By place. Of a place that comes twice, the first. */
  readonly byPlace: ReadonlyMap<string, PackedFile>;
  /** Content of files that describe the package, by place: package.json, RECORD, setup.py, ... */
  readonly texts: ReadonlyMap<string, Uint8Array>;
  /** What metadata says, flat: `scripts.install`, `dependencies.left-pad`. */
  readonly facts: ReadonlyMap<string, string>;
  /** What the code can do, with the first place that shows it; empty where it was not asked for. */
  readonly capabilities: ReadonlyMap<string, string>;
}

/** Bytes of descriptions that are kept, all together. */
const TEXTS_MAX_BYTES = 32 * 1024 * 1024;

const DESCRIPTION =
  /(?:^|\/)(?:package\.json|npm-shrinkwrap\.json|METADATA|WHEEL|RECORD|entry_points\.txt|PKG-INFO|pyproject\.toml|setup\.py|binding\.gyp)$|\.(?:pth|start)$|(?:^|\/)(?:sitecustomize|usercustomize)\.py$/i;

function isDescription(path: string): boolean {
  return DESCRIPTION.test(path) && !path.includes('/node_modules/');
}

/** What a collector works out; `kind` is the ecosystem's word where a release names it. */
export interface CollectorOptions {
  readonly file: string;
  readonly kind: string;
  /** Digests and capabilities cost a pass over the bytes each. */
  readonly digests: boolean;
  readonly capabilities: boolean;
}

export interface TreeCollector {
  /** Throws `limit-exceeded` where the descriptions alone are too large. */
  add(entry: PackedEntry): void;
  /** A window of a large file, in order, before the file is added: its code is read to the end. */
  addWindow(window: Pick<FileWindow, 'path' | 'content' | 'offset'>): void;
  tree(): PackedTree;
}

/** Sees each entry once; holds no content but that of descriptions. */
export function createTreeCollector(options: CollectorOptions): TreeCollector {
  const files: Omit<PackedFile, 'place'>[] = [];
  const texts = new Map<string, Uint8Array>();
  const found = new Map<string, string>();
  let textBytes = 0;
  // nothing of a wheel is run where it is installed
  const asksLoads = options.kind !== 'wheel';
  let large: { readonly path: string; readonly reader: CapabilityReader } | null = null;

  function shownBy(
    path: string,
    form: PackedFile['form'],
    content: Uint8Array,
  ): Pick<PackedFile, 'uses' | 'loads'> {
    if (!tellsCapabilities(options, path)) return { uses: [], loads: NO_NAMES };
    const seen = large?.path === path ? large.reader : null;
    const reader = seen ?? createCapabilityReader({ path, form, content }, asksLoads);
    if (seen === null) reader.look(content);
    return { uses: reader.ids(), loads: reader.loads() };
  }

  return {
    addWindow({ path, content, offset }) {
      if (!tellsCapabilities(options, path)) return;
      if (offset === 0) {
        const form = formOf(content);
        large = { path, reader: createCapabilityReader({ path, form, content }, asksLoads) };
      }
      if (large?.path === path) large.reader.look(content);
    },
    add(entry) {
      if (entry.kind === 'directory' || entry.kind === 'other') return;
      const { path, mode, content } = entry;
      const form = entry.kind === 'file' ? formOf(content) : 'link';
      const bytes = form === 'link' ? Buffer.from(entry.linkTarget ?? '') : content;
      const sha256 = options.digests ? digestOfEntry(entry, bytes) : null;
      const hasShebang = startsProgram(form, content);
      const { uses, loads } = shownBy(path, form, content);
      large = null;
      note(found, path, uses);
      files.push({ path, mode, sizeBytes: entry.sizeBytes, form, hasShebang, sha256, uses, loads });
      if (form !== 'link' && isDescription(path)) {
        textBytes += content.length;
        if (textBytes > TEXTS_MAX_BYTES) throw tooLarge();
        // the bytes are those of a larger chunk, which is not to be kept
        texts.set(path, copyBytes(content));
      }
    },
    tree: () => composeTree(options, files, texts, found),
  };
}

/** Maps are told in every inspection; the rest only where versions are compared. */
function tellsCapabilities({ capabilities }: CollectorOptions, path: string): boolean {
  return capabilities || path.endsWith('.map');
}

/** The first path in order that shows a capability, whatever the order in which they come. */
function note(found: Map<string, string>, path: string, ids: readonly string[]): void {
  for (const id of ids) {
    const known = found.get(id);
    if (known === undefined || path < known) found.set(id, path);
  }
}

function composeTree(
  options: CollectorOptions,
  collected: readonly Omit<PackedFile, 'place'>[],
  texts: ReadonlyMap<string, Uint8Array>,
  found: ReadonlyMap<string, string>,
): PackedTree {
  const layout = layoutOf(options, collected);
  const placed = collected
    .map((one) => ({ ...one, place: placeOf(layout, one.path) }))
    .sort((left, right) => order(left.path, right.path) || order(left.sha256, right.sha256));
  const byPlace = new Map<string, PackedFile>();
  for (const one of placed) if (!byPlace.has(one.place)) byPlace.set(one.place, one);
  const byText = new Map([...texts].map(([path, content]) => [placeOf(layout, path), content]));
  return {
    layout,
    files: placed,
    byPlace,
    texts: byText,
    facts: factsOf(layout, byText),
    capabilities: new Map(
      [...found].sort().map(([id, path]) => [id, placeOf(layout, path)] as const),
    ),
  };
}

/** What the upload was taken for decides; of a loose file its name and what lies at its top. */
function layoutOf(
  { kind, file }: CollectorOptions,
  files: readonly Pick<PackedFile, 'path'>[],
): Layout {
  if (kind === 'tarball') return 'npm';
  if (kind === 'wheel' || kind === 'sdist') return kind;
  if (file.endsWith('.whl')) return 'wheel';
  const top = (files[0]?.path ?? '').split('/', 1)[0];
  const has = (name: string) => files.some(({ path }) => path === `${top}/${name}`);
  if (has('PKG-INFO') && (has('setup.py') || has('pyproject.toml'))) return 'sdist';
  if (has('package.json')) return 'npm';
  // npm takes the first folder off every path, whatever it is called and however many there are; it may
  // be called '.', which is gone here
  const isPacked = file.endsWith('.tgz');
  if (isPacked && files.some(({ path }) => /^(?:[^/]+\/)?package\.json$/.test(path))) return 'npm';
  if (has('PKG-INFO')) return 'sdist';
  // pip builds whatever has a setup.py, and takes the version from the name
  const isSource = /-\d[^/]*\.(?:tar\.(?:gz|bz2|xz)|tgz|zip)$/.test(file);
  return isSource && (has('setup.py') || has('pyproject.toml')) ? 'sdist' : 'other';
}

function placeOf(layout: Layout, path: string): string {
  switch (layout) {
    case 'npm':
    case 'sdist':
      return path.slice(path.indexOf('/') + 1);
    case 'wheel':
      return path.replace(/^[^/]+(\.(?:dist-info|data)\/)/, '$1');
    case 'other':
      return path;
  }
}

function startsProgram(form: PackedFile['form'], content: Uint8Array): boolean {
  if (form !== 'text' || content[0] !== 0x23 || content[1] !== 0x21) return false;
  return content[content[2] === 0x20 ? 3 : 2] === 0x2f;
}

const NATIVE_MAGICS = ['\x7fELF', 'MZ', '\xcf\xfa\xed\xfe', '\xce\xfa\xed\xfe', '\xca\xfe\xba\xbe'];

/** By the first 8 KiB, as `git` tells text from the rest; never by the name. */
function formOf(content: Uint8Array): PackedFile['form'] {
  const start = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, 8192));
  if (start.indexOf(0) === -1) return 'text';
  const head = Buffer.from(content.subarray(0, 4)).toString('latin1');
  if (head.startsWith('\0asm')) return 'wasm';
  return NATIVE_MAGICS.some((magic) => head.startsWith(magic)) ? 'native' : 'binary';
}

function digestOfEntry({ sha256 }: PackedEntry, bytes: Uint8Array): Sha256 {
  return sha256 ?? sha256Of(bytes);
}

function order(left: string | null, right: string | null): number {
  const one = left ?? '';
  const other = right ?? '';
  return one < other ? -1 : one > other ? 1 : 0;
}

function tooLarge(): CountersignError {
  return new CountersignError(
    'limit-exceeded',
    `the files that describe the package have more than ${TEXTS_MAX_BYTES} bytes`,
  );
}

/** Whether more of a description is packed than the tree holds: what follows nobody has read. */
export function isCut({ place, sizeBytes, form }: PackedFile, { texts }: PackedTree): boolean {
  const held = texts.get(place);
  return form !== 'link' && held !== undefined && held.length < sizeBytes;
}

/** Whether a tree's file is program text, by its name. */
export function isCodeFile(file: Pick<PackedFile, 'place' | 'form'>): boolean {
  return file.form === 'text' && isCode(file.place);
}
