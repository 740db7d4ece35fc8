/**
 * YAML as rules read it: maps, lists and scalars with their exact places. Anchors are shared, never
 * copied, so that a text of nested aliases costs what it is long and not what it would grow to.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
} from 'yaml';
import type { SourceText, Span } from '../source-text.ts';
import { readPlainYaml } from './plain-yaml.ts';

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  /** What it spells after quotes, escapes and folding; as written for numbers, booleans, null. */
  readonly text: string;
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: readonly YamlEntry[];
}

export interface YamlList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly YamlNode[];
  /** Such as `!reference`; left out where none is written. */
  readonly tag?: string;
}

export type YamlNode = YamlScalar | YamlMap | YamlList;

/** What is wrong with a text, and where. */
export interface YamlProblem {
  readonly message: string;
  readonly span: Span;
}

/** `root` is null for an empty text, and for one with problems other than doubled keys of a pipeline. */
export interface YamlText {
  readonly root: YamlNode | null;
  readonly problems: readonly YamlProblem[];
}

/** Longest text that is read; the largest published workflow that was seen has a sixth of it. */
const TEXT_MAX_LENGTH = 1024 * 1024;
const DEPTH_MAX = 64;
/** Nodes, with every alias written out: what a reader of the model walks through. */
const NODES_MAX = 200_000;

/**
 * Reads one YAML 1.2 document. Whatever the text is, it answers and never throws. In a pipeline a first
 * document of nothing but `spec` may stand before it, and is passed over; and of a key that stands
 * twice the last counts, which is told and read on. Source: GitLab documentation, "CI/CD YAML syntax
 * reference", "Header keywords"; Psych, `revive_hash`.
 */
export function readYaml(source: SourceText, form: 'workflow' | 'pipeline' = 'workflow'): YamlText {
  const { text } = source;
  if (text.length > TEXT_MAX_LENGTH) {
    return refuse(`has ${text.length} characters; at most ${TEXT_MAX_LENGTH} are read`);
  }
  const plain = readPlainYaml(text);
  return plain === null ? readAnyYaml(text, form) : { root: plain, problems: [] };
}

/** As `readYaml`, by the library alone. */
export function readAnyYaml(text: string, form: 'workflow' | 'pipeline'): YamlText {
  let documents: readonly Document.Parsed[];
  try {
    // unique keys are checked below: the library compares each key with each other
    documents = parse(text);
  } catch (error) {
    // the library's parser calls itself for every level
    if (error instanceof RangeError) return refuse('is nested too deep to be read');
    throw error;
  }
  const hasHeader = form === 'pipeline' && documents.length > 1 && isHeader(documents[0]);
  const [document, second] = hasHeader ? documents.slice(1) : documents;
  if (document === undefined) return { root: null, problems: [] };
  if (second !== undefined) {
    const start = second.range[0];
    return refuse('holds a second document, which not every reader sees', start);
  }
  const [error] = document.errors;
  if (error !== undefined) {
    const [start, end] = error.pos;
    return {
      root: null,
      problems: [{ message: `is not YAML: ${error.message}`, span: { start, end } }],
    };
  }
  if (document.contents === null) return { root: null, problems: [] };
  const composer = new NodeComposer(document, text);
  const root = composer.compose(document.contents as Node, 0);
  if (composer.isTooLarge) {
    return refuse(`grows to more than ${NODES_MAX} values when its aliases are written out`);
  }
  if (composer.problems.length > 0) return { root: null, problems: composer.problems };
  const merge = form === 'workflow' ? composer.merges[0] : undefined;
  if (merge !== undefined) {
    return {
      root: null,
      problems: [{ message: 'has the merge key <<, which GitHub refuses', span: merge }],
    };
  }
  const isRefused = form === 'workflow' && composer.doubles.length > 0;
  return { root: isRefused ? null : root, problems: composer.doubles };
}

function parse(text: string): readonly Document.Parsed[] {
  const options = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
  const documents = parseAllDocuments(text, options);
  return 'empty' in documents ? [] : documents;
}

function isHeader(document: Document.Parsed | undefined): boolean {
  const map = document?.contents;
  if (document?.errors.length !== 0 || !isMap(map) || map.items.length !== 1) return false;
  const key = map.items[0]?.key;
  return isScalar(key) && key.value === 'spec';
}

function refuse(message: string, at = 0): YamlText {
  return { root: null, problems: [{ message, span: { start: at, end: at } }] };
}

/** Turns the library's nodes into ours; an anchored node is turned once. */
class NodeComposer {
  /** Places of merge keys. */
  readonly merges: Span[] = [];
  readonly problems: YamlProblem[] = [];
  /** Keys that stand twice. */
  readonly doubles: YamlProblem[] = [];
  /** `size`: the nodes of it, with every alias in it written out. */
  readonly #anchors = new Map<
    string,
    { readonly node: YamlNode; readonly size: number } | 'open'
  >();
  #size = 0;
  readonly #document: Document.Parsed;
  readonly #text: string;

  constructor(document: Document.Parsed, text: string) {
    this.#document = document;
    this.#text = text;
  }

  /** Whether the text says more, with its aliases written out, than anybody should have to walk through. */
  get isTooLarge(): boolean {
    return this.#size > NODES_MAX;
  }

  compose(node: Node | null, depth: number, at = 0): YamlNode {
    if (node === null) return emptyScalar(at);
    const span = spanOf(node, at);
    if (depth > DEPTH_MAX) return this.#fail(`is nested deeper than ${DEPTH_MAX} levels`, span);
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target === undefined) return this.#fail(`names no anchor: *${node.source}`, span);
      if (target === 'open') return this.#fail(`holds itself: *${node.source}`, span);
      this.#size += target.size;
      return target.node;
    }
    const anchor = (node as { readonly anchor?: string }).anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const before = this.#size;
    this.#size += 1;
    const composed = this.#composeOwn(node, span, depth);
    const size = this.#size - before;
    if (anchor !== undefined) this.#anchors.set(anchor, { node: composed, size });
    return composed;
  }

  #composeOwn(node: Node, span: Span, depth: number): YamlNode {
    if (isScalar(node)) return composeScalar(node, span, this.#text);
    if (isSeq(node)) {
      const items = node.items.map((item) =>
        this.compose(item as Node | null, depth + 1, span.end),
      );
      const own = node.flow === true ? span : { start: span.start, end: endOf(items, span) };
      return { kind: 'list', span: own, items, ...(node.tag !== undefined && { tag: node.tag }) };
    }
    if (isMap(node)) {
      const entries = node.items.map((pair) => this.#composePair(pair as Pair, span, depth));
      const values = entries.map(({ value }) => value);
      const own = node.flow === true ? span : { start: span.start, end: endOf(values, span) };
      return { kind: 'map', span: own, entries: this.#withoutDoubles(entries) };
    }
    return this.#fail('is of a kind that workflows do not have', span);
  }

  #composePair(pair: Pair, map: Span, depth: number): YamlEntry {
    const keyNode = pair.key as Node | null;
    const keySpan = keyNode === null ? map : spanOf(keyNode, map.start);
    const key = isAlias(keyNode) ? keyNode.resolve(this.#document) : keyNode;
    if (isScalar(key) && key.value === '<<') this.merges.push(keySpan);
    if (!isScalar(key)) this.#fail('has a key that is not a word', keySpan);
    const text = isScalar(key) ? composeScalar(key, keySpan, this.#text).text : '';
    return {
      key: text,
      keySpan,
      value: this.compose(pair.value as Node | null, depth + 1, keySpan.end),
    };
  }

  /** Each key once, with its last value; merge keys may stand twice. */
  #withoutDoubles(entries: readonly YamlEntry[]): readonly YamlEntry[] {
    const byKey = new Map<string, YamlEntry>();
    for (const entry of entries) {
      const { key, keySpan } = entry;
      // which of two counts differs from reader to reader
      if (byKey.has(key) && key !== '<<') {
        this.doubles.push({ message: `has the key "${key.slice(0, 60)}" twice`, span: keySpan });
      }
      byKey.set(key, entry);
    }
    if (byKey.size === entries.length) return entries;
    return entries.filter((entry) => entry.key === '<<' || byKey.get(entry.key) === entry);
  }

  #fail(message: string, span: Span): YamlScalar {
    this.problems.push({ message, span });
    return { ...emptyScalar(span.start), span };
  }
}

function emptyScalar(at: number): YamlScalar {
  return { kind: 'scalar', span: { start: at, end: at }, text: '', type: 'null', style: 'plain' };
}

function spanOf(node: Node, otherwise: number): Span {
  const range = node.range;
  if (range === null || range === undefined) return { start: otherwise, end: otherwise };
  return { start: range[0], end: range[1] };
}

/** Where the last of them ends: the library's maps go on over what follows. */
function endOf(nodes: readonly YamlNode[], { start, end }: Span): number {
  const last = nodes.at(-1)?.span.end ?? end;
  // an alias ends where its anchor does, which is before it
  return last > start && last < end ? last : end;
}

const STYLES = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
} as const satisfies Readonly<Record<string, YamlScalar['style']>>;

function composeScalar(node: Scalar, span: Span, source: string): YamlScalar {
  const { value } = node;
  const style = STYLES[(node.type as keyof typeof STYLES | undefined) ?? 'PLAIN'] ?? 'plain';
  if (typeof value === 'string')
    return { kind: 'scalar', span, text: value, type: 'string', style };
  const text = value === null ? '' : source.slice(span.start, span.end).trim();
  const type = value === null ? 'null' : typeof value === 'boolean' ? 'boolean' : 'number';
  return { kind: 'scalar', span, text, type, style };
}

/** The value of a key, or null where `node` is no map or does not have it. */
export function valueAt(node: YamlNode | null, key: string): YamlNode | null {
  return entryOf(node, key)?.value ?? null;
}

/** The entry of a key, or null where `node` is no map or does not have it. */
export function entryOf(node: YamlNode | null, key: string): YamlEntry | null {
  if (node?.kind !== 'map') return null;
  return node.entries.find((entry) => entry.key === key) ?? null;
}

/** The entries of a map; none for everything else. */
export function entriesOf(node: YamlNode | null): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The scalar itself, or null where there is something else or nothing. */
export function asScalar(node: YamlNode | null): YamlScalar | null {
  return node?.kind === 'scalar' && node.type !== 'null' ? node : null;
}

/** The scalars of a list; of a single scalar, that one. What is no scalar is left out. */
export function asScalars(node: YamlNode | null): readonly YamlScalar[] {
  if (node?.kind === 'list') return node.items.flatMap((item) => asScalar(item) ?? []);
  const one = asScalar(node);
  return one === null ? [] : [one];
}
