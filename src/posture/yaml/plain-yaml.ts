/**
 * Nearly all workflows are written in a small part of YAML: block maps and lists, scalars of one
 * line, `|` and `>` blocks, and lists of words in brackets. This reads that part, about ten times as
 * fast as the library reads all of it. What is not surely of it is not read: then the library does.
 */
import type { Span } from '../source-text.ts';
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './yaml-node.ts';

/** Control characters, other line ends, document ends, directives; tabs, which may stand for indents. */
const UNUSUAL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|^(?:---|\.\.\.|%)/m;
const KEY =
  /(?:([A-Za-z0-9_][A-Za-z0-9_./ -]{0,127}?)|'([^'\n]{0,127})'|"([^"\\\n]{0,127})") *:(?=[ \n])/y;
const SINGLE = /'((?:[^'\n]|'')*)'/y;
const DOUBLE = /"((?:[^"\\\n]|\\["\\nt])*)"/y;
const FLOW_KEY = /([A-Za-z0-9_][A-Za-z0-9_-]*): +/y;
const FLOW_SCALAR =
  /'(?:[^'\n]|'')*'|"[^"\\\n]*"|[A-Za-z0-9_./$^(][A-Za-z0-9_./$+@^()<>=~ *-]*?(?= *(?:[,\]}\n]| #))/y;
const LINE_REST = / *(?: #[^\n]*)?(?=\n)/y;
const BLOCK_HEADER = /([|>])(-?)(?: *| +#[^\n]*)(?=\n)/y;
/** What a plain scalar cannot begin with; a dash can, before something else than a space. */
const INDICATOR = /^(?:[?:,[\]{}#&*!|>'"%@`]|-(?: |$))/;

/** YAML 1.2.2, 10.3.2: the core schema. */
const NULL = /^(?:~|null|Null|NULL)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const NUMBER =
  /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Beyond it the library decides. */
const DEPTH_MAX = 32;

/** The root of a text that is all of this part; null for every other text. */
export function readPlainYaml(text: string): YamlNode | null {
  const start = /^(?: *(?:#[^\n]*)?\n)*---\n/.exec(text)?.[0].length ?? 0;
  if (UNUSUAL.test(start === 0 ? text : text.slice(start))) return null;
  try {
    return new PlainReader(text, start).read();
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

class NotPlain extends Error {}

class PlainReader {
  /** Ends with a line end, whether or not the file does. */
  readonly #text: string;
  readonly #length: number;
  /** Offset and column of what is read next; the column is -1 at the end. */
  #at = 0;
  #column = 0;

  constructor(text: string, start: number) {
    this.#text = text.endsWith('\n') ? text : `${text}\n`;
    this.#length = text.length;
    this.#nextLine(start);
  }

  read(): YamlNode {
    if (!this.#isAt(0)) throw new NotPlain();
    const root = this.#block(0);
    if (!this.#isAt(-1)) throw new NotPlain();
    return root;
  }

  #isAt(column: number): boolean {
    return this.#column === column;
  }

  /** Goes to the first line from the line start `from` on that is neither empty nor a comment. */
  #nextLine(from: number): void {
    const text = this.#text;
    for (let line = from; line < text.length; ) {
      let at = line;
      while (text[at] === ' ') at += 1;
      if (text[at] !== '\n' && text[at] !== '#') {
        this.#at = at;
        this.#column = at - line;
        return;
      }
      line = text.indexOf('\n', at) + 1;
    }
    this.#at = text.length;
    this.#column = -1;
  }

  #isDash(): boolean {
    const next = this.#text[this.#at + 1];
    return this.#text[this.#at] === '-' && (next === ' ' || next === '\n');
  }

  #block(depth: number): YamlNode {
    if (depth > DEPTH_MAX) throw new NotPlain();
    return this.#isDash() ? this.#list(depth) : this.#map(depth);
  }

  #map(depth: number): YamlMap {
    const column = this.#column;
    const start = this.#at;
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    let end = start;
    while (this.#column === column && !this.#isDash()) {
      const entry = this.#entry(column, depth);
      entries.push(entry);
      keys.add(entry.key);
      end = entry.value.span.end;
    }
    if (this.#column > column || keys.size !== entries.length) throw new NotPlain();
    return { kind: 'map', span: { start, end }, entries };
  }

  #entry(column: number, depth: number): YamlEntry {
    const start = this.#at;
    const match = matchAt(KEY, this.#text, start);
    if (match === null) throw new NotPlain();
    const [whole, plain, single, double] = match;
    const key = plain ?? single ?? double ?? '';
    if (plain !== undefined && NULL.test(plain)) throw new NotPlain();
    const keySpan = { start, end: start + key.length + (plain === undefined ? 2 : 0) };
    const value = this.#afterSpaces(start + whole.length);
    const isInline = this.#text[value] !== '\n' && this.#text[value] !== '#';
    if (isInline) return { key, keySpan, value: this.#inline(value, column) };
    this.#nextLine(this.#text.indexOf('\n', value) + 1);
    // a list may stand below its key in the same column
    const isNested = this.#column > column || (this.#column === column && this.#isDash());
    return { key, keySpan, value: isNested ? this.#below(column, depth) : emptyScalar(value) };
  }

  /** What stands below its key, which is in `column`. */
  #below(column: number, depth: number): YamlNode {
    const isBlock = this.#isDash() || matchAt(KEY, this.#text, this.#at) !== null;
    return isBlock ? this.#block(depth + 1) : this.#inline(this.#at, column);
  }

  #list(depth: number): YamlList {
    const column = this.#column;
    const start = this.#at;
    const items: YamlNode[] = [];
    let end = start;
    while (this.#column === column && this.#isDash()) {
      const value = this.#afterSpaces(this.#at + 1);
      const item = this.#item(value, column, depth);
      items.push(item);
      end = item.span.end;
    }
    if (this.#column > column) throw new NotPlain();
    return { kind: 'list', span: { start, end }, items };
  }

  #item(value: number, column: number, depth: number): YamlNode {
    if (this.#text[value] === '\n' || this.#text[value] === '#') {
      this.#nextLine(this.#text.indexOf('\n', value) + 1);
      if (this.#column <= column) throw new NotPlain();
      return this.#block(depth + 1);
    }
    if (matchAt(KEY, this.#text, value) === null) return this.#inline(value, column);
    this.#column = column + value - this.#at;
    this.#at = value;
    return this.#block(depth + 1);
  }

  #afterSpaces(from: number): number {
    let at = from;
    while (this.#text[at] === ' ') at += 1;
    return at;
  }

  /** A value that begins on the line of its key or dash, which stands in `column`. */
  #inline(at: number, column: number): YamlNode {
    const first = this.#text[at];
    const isBlock = first === '|' || first === '>';
    const node = isBlock ? this.#blockScalar(at, column) : this.#ofLine(at, column);
    // what is deeper now would go on with the value
    if (this.#column > column) throw new NotPlain();
    return node;
  }

  #ofLine(at: number, column: number): YamlNode {
    const first = this.#text[at];
    if (first === '[' || first === '{') {
      const node = this.#flow(at, column, 0);
      this.#endLine(node.span.end);
      return node;
    }
    if (first === "'" || first === '"') {
      const match = matchAt(first === "'" ? SINGLE : DOUBLE, this.#text, at);
      if (match === null) throw new NotPlain();
      const end = at + match[0].length;
      this.#endLine(end);
      return quoted(match[0], { start: at, end });
    }
    return this.#plain(at, column);
  }

  /** A plain scalar, with the lines below that go on with it. */
  #plain(start: number, column: number): YamlScalar {
    const texts: string[] = [];
    let end = start;
    let hasComment = false;
    for (let at = start; !hasComment && (at === start || this.#goesOn(at, column)); ) {
      const from = this.#afterSpaces(at);
      const lineEnd = this.#text.indexOf('\n', from);
      const line = this.#text.slice(from, lineEnd);
      const comment = line.indexOf(' #');
      const text = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
      const indicator = at === start ? INDICATOR : /^[?:-](?: |$)/;
      if (indicator.test(text) || text.includes(': ') || text.endsWith(':')) throw new NotPlain();
      texts.push(text);
      hasComment = comment !== -1;
      end = from + text.length;
      at = lineEnd + 1;
    }
    this.#nextLine(this.#text.indexOf('\n', end) + 1);
    return plainScalar(texts.join(' '), { start, end });
  }

  #goesOn(line: number, column: number): boolean {
    const at = this.#afterSpaces(line);
    return at - line > column && at < this.#text.length && !'\n#'.includes(this.#text[at] ?? '');
  }

  /** Only spaces and a comment may follow. */
  #endLine(at: number): void {
    const rest = matchAt(LINE_REST, this.#text, at);
    if (rest === null) throw new NotPlain();
    this.#nextLine(at + rest[0].length + 1);
  }

  /** A value in brackets that begin in a line whose key or dash is in `column`. */
  #flow(at: number, column: number, depth: number): YamlNode {
    const first = this.#text[at];
    if (depth > DEPTH_MAX) throw new NotPlain();
    if (first === '[') return this.#flowList(at, column, depth);
    if (first === '{') return this.#flowMap(at, column, depth);
    const text = matchAt(FLOW_SCALAR, this.#text, at)?.[0];
    if (text === undefined) throw new NotPlain();
    const span = { start: at, end: at + text.length };
    return first === "'" || first === '"' ? quoted(text, span) : plainScalar(text, span);
  }

  #flowList(start: number, column: number, depth: number): YamlList {
    const items: YamlNode[] = [];
    const end = this.#flowItems(start, column, (at) => {
      const item = this.#flow(at, column, depth + 1);
      items.push(item);
      return item.span.end;
    });
    return { kind: 'list', span: { start, end }, items };
  }

  #flowMap(start: number, column: number, depth: number): YamlMap {
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    const end = this.#flowItems(start, column, (at) => {
      const match = matchAt(FLOW_KEY, this.#text, at);
      const [whole = '', key = ''] = match ?? [];
      if (match === null || NULL.test(key) || keys.has(key)) throw new NotPlain();
      keys.add(key);
      const value = this.#flow(at + whole.length, column, depth + 1);
      entries.push({ key, keySpan: { start: at, end: at + key.length }, value });
      return value.span.end;
    });
    return { kind: 'map', span: { start, end }, entries };
  }

  /** Calls `readItem` where each item begins; it returns where the item ends. Returns where all end. */
  #flowItems(start: number, column: number, readItem: (at: number) => number): number {
    const close = this.#text[start] === '[' ? ']' : '}';
    let at = this.#flowSpace(start + 1, column);
    while (this.#text[at] !== close) {
      at = this.#flowSpace(readItem(at), column);
      if (this.#text[at] === ',') at = this.#flowSpace(at + 1, column);
      else if (this.#text[at] !== close) throw new NotPlain();
    }
    return at + 1;
  }

  /** After spaces, line ends and comments; lines in brackets are deeper than what they belong to. */
  #flowSpace(from: number, column: number): number {
    const text = this.#text;
    let at = this.#afterSpaces(from);
    for (;;) {
      if (text[at] === '#' && ' \n'.includes(text[at - 1] ?? '')) at = text.indexOf('\n', at);
      if (text[at] !== '\n') return at;
      const line = at + 1;
      at = this.#afterSpaces(line);
      if (at >= text.length) throw new NotPlain();
      const isClosing = at - line === column && ']}'.includes(text[at] ?? '');
      if (!'\n#'.includes(text[at] ?? '') && at - line <= column && !isClosing)
        throw new NotPlain();
    }
  }

  #blockScalar(start: number, column: number): YamlScalar {
    const header = matchAt(BLOCK_HEADER, this.#text, start);
    if (header === null) throw new NotPlain();
    const [whole, sign, chomp] = header;
    const { lines, end } = this.#blockLines(start + whole.length + 1, column);
    this.#nextLine(end);
    const text = sign === '|' ? lines.join('\n') : fold(lines);
    return {
      kind: 'scalar',
      span: { start, end },
      text: chomp === '-' ? text : `${text}\n`,
      type: 'string',
      style: sign === '|' ? 'literal' : 'folded',
    };
  }

  /** The lines that are deeper than `column`, without their indent and without empty ones at the end. */
  #blockLines(from: number, column: number): { readonly lines: string[]; readonly end: number } {
    const text = this.#text;
    const lines: string[] = [];
    let indent = -1;
    let widest = 0;
    let count = 0;
    let end = from;
    for (let line = from; line < text.length; line = text.indexOf('\n', line) + 1) {
      const at = this.#afterSpaces(line);
      const width = at - line;
      if (text[at] === '\n' && (indent === -1 || width <= indent)) {
        lines.push('');
        widest = Math.max(widest, width);
        continue;
      }
      if (width <= column) break;
      if (indent === -1) indent = width;
      // empty lines before the first one must not be deeper
      if (width < indent || widest > indent) throw new NotPlain();
      const lineEnd = text.indexOf('\n', at);
      count = lines.push(text.slice(line + indent, lineEnd));
      end = lineEnd + 1;
    }
    if (count === 0 || end > this.#length) throw new NotPlain();
    return { lines: lines.slice(0, count), end };
  }
}

/** Lines that begin with spaces, or an empty one first, fold in other ways. */
function fold(lines: readonly string[]): string {
  if (lines[0] === '' || lines.some((line) => line.startsWith(' '))) throw new NotPlain();
  let text = '';
  let empty = 0;
  for (const line of lines) {
    if (line === '') {
      empty += 1;
      continue;
    }
    const between = text === '' ? '' : empty === 0 ? ' ' : '\n'.repeat(empty);
    text += between + line;
    empty = 0;
  }
  return text;
}

function plainScalar(text: string, span: Span): YamlScalar {
  if (NULL.test(text)) throw new NotPlain();
  const type = BOOLEAN.test(text) ? 'boolean' : NUMBER.test(text) ? 'number' : 'string';
  return { kind: 'scalar', span, text, type, style: 'plain' };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

function quoted(written: string, span: Span): YamlScalar {
  const inner = written.slice(1, -1);
  const isSingle = written.startsWith("'");
  const text = isSingle
    ? inner.replaceAll("''", "'")
    : inner.replaceAll(/\\(.)/g, (_, one: string) => ESCAPES[one] ?? one);
  return { kind: 'scalar', span, text, type: 'string', style: isSingle ? 'single' : 'double' };
}

function emptyScalar(at: number): YamlScalar {
  return { kind: 'scalar', span: { start: at, end: at }, text: '', type: 'null', style: 'plain' };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
