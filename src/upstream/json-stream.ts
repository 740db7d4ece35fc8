import { jsonParser, type Token } from 'stream-json/parser.js';
import { CountersignError } from '../core/errors.ts';

/** Where a value stands in a document: keys and indices from the root, `[]` for the root itself. */
export type JsonPath = readonly (string | number)[];

/** What starts at a path, before its content is known. */
export type JsonKind = 'object' | 'array' | 'scalar';

/**
 * What a caller wants of a document. `wants` is asked at the start of every value that is not
 * already inside a wanted one, also for those it does not take, in document order; `take` gets the
 * wanted ones whole.
 */
export interface JsonSelection {
  wants(path: JsonPath, kind: JsonKind): boolean;
  take(path: JsonPath, value: unknown): void;
}

/** `maxBytes` is for the document, `maxValueCharacters` for what one wanted value may hold. */
export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxValueCharacters: number;
  readonly maxDepth: number;
}

/** Longest object key that is read, in characters; longer ones are refused. */
const MAX_KEY_CHARACTERS = 4096;

/** What a value costs beside its text, so that a list of empty lists is bounded too. */
const VALUE_COST_CHARACTERS = 16;

/**
 * Reads a JSON document as it arrives and keeps only what was asked for, so that memory follows the
 * wanted values and not the document. `what` names it in messages. Throws `upstream-unreachable`
 * when it is not JSON, ends too early, or passes a limit.
 */
export async function readJsonStream(
  body: AsyncIterable<Uint8Array>,
  what: string,
  limits: JsonLimits,
  selection: JsonSelection,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parse = jsonParser({ packValues: false, streamValues: true, packNumbers: true });
  const reader = createSelector(what, limits, selection);
  let seenBytes = 0;
  const feed = (text: string): void => {
    for (const token of tokensOf(parse, text, what)) reader.push(token);
  };
  for await (const chunk of body) {
    seenBytes += chunk.length;
    if (seenBytes > limits.maxBytes) notUnderstood(what, `has more than ${limits.maxBytes} bytes`);
    feed(decode(() => decoder.decode(chunk, { stream: true }), what));
  }
  // white space ends a number or literal that is the whole document
  feed(`${decode(() => decoder.decode(), what)}\n`);
  if (!reader.ended()) notUnderstood(what, 'ends too early to be a JSON document');
}

function decode(read: () => string, what: string): string {
  try {
    return read();
  } catch {
    return notUnderstood(what, 'is not UTF-8');
  }
}

function tokensOf(
  parse: ReturnType<typeof jsonParser>,
  text: string,
  what: string,
): readonly Token[] {
  if (text === '') return [];
  try {
    const made: unknown = parse(text);
    // the parser answers with `{ values }`, or with a symbol where a chunk held no whole token
    return typeof made === 'object' && made !== null && 'values' in made
      ? (made.values as Token[])
      : [];
  } catch {
    // its message quotes the input, which is the registry's
    return notUnderstood(what, 'is not JSON');
  }
}

function notUnderstood(what: string, problem: string): never {
  throw new CountersignError('upstream-unreachable', `${what} ${problem}`);
}

/** An open container on the way to the current value. `entries` only inside a wanted value. */
interface Frame {
  readonly isArray: boolean;
  readonly entries: [string, unknown][] | undefined;
  key: string;
  index: number;
}

function createSelector(what: string, limits: JsonLimits, selection: JsonSelection) {
  const frames: Frame[] = [];
  let ended = false;
  /** Depth at which the wanted value began, -1 when none is open. */
  let wantedDepth = -1;
  let spent = 0;
  let text: string[] | undefined;
  let textLength = 0;
  let isKey = false;

  const path = (): (string | number)[] =>
    frames.map((frame) => (frame.isArray ? frame.index : frame.key));

  const spend = (characters: number): void => {
    spent += characters;
    if (spent > limits.maxValueCharacters) {
      notUnderstood(what, `holds a value of more than ${limits.maxValueCharacters} characters`);
    }
  };

  /** Whether the value that starts now is kept. */
  const begin = (kind: JsonKind): boolean => {
    const parent = frames.at(-1);
    if (parent?.isArray === true) parent.index += 1;
    if (wantedDepth >= 0) {
      spend(VALUE_COST_CHARACTERS);
      return true;
    }
    if (!selection.wants(path(), kind)) return false;
    wantedDepth = frames.length;
    spent = 0;
    return true;
  };

  const end = (value: unknown): void => {
    if (frames.length === 0) ended = true;
    if (wantedDepth < 0) return;
    if (wantedDepth === frames.length) {
      wantedDepth = -1;
      selection.take(path(), value);
      return;
    }
    const parent = frames.at(-1);
    parent?.entries?.push([parent.isArray ? String(parent.index) : parent.key, value]);
  };

  const open = (isArray: boolean): void => {
    const kept = begin(isArray ? 'array' : 'object');
    if (frames.length >= limits.maxDepth) {
      notUnderstood(what, `is nested deeper than ${limits.maxDepth} levels`);
    }
    frames.push({ isArray, entries: kept ? [] : undefined, key: '', index: -1 });
  };

  const close = (): void => {
    const frame = frames.pop();
    const entries = frame?.entries;
    // fromEntries makes `__proto__` an ordinary own key
    if (entries === undefined) end(undefined);
    else end(frame?.isArray ? entries.map(([, value]) => value) : Object.fromEntries(entries));
  };

  const startText = (asKey: boolean): void => {
    isKey = asKey;
    text = asKey || begin('scalar') ? [] : undefined;
    textLength = 0;
  };

  const addText = (chunk: string): void => {
    if (text === undefined) return;
    textLength += chunk.length;
    if (isKey && textLength > MAX_KEY_CHARACTERS) {
      notUnderstood(what, `holds a key of more than ${MAX_KEY_CHARACTERS} characters`);
    }
    if (wantedDepth >= 0) spend(chunk.length);
    text.push(chunk);
  };

  const endText = (): void => {
    const whole = text?.join('');
    text = undefined;
    const parent = frames.at(-1);
    if (!isKey) end(whole);
    else if (parent !== undefined) parent.key = whole ?? '';
  };

  const scalar = (value: unknown): void => {
    begin('scalar');
    end(value);
  };

  return {
    ended: () => ended,
    push(token: Token) {
      switch (token.name) {
        case 'startObject':
          return open(false);
        case 'startArray':
          return open(true);
        case 'endObject':
        case 'endArray':
          return close();
        case 'startKey':
          return startText(true);
        case 'startString':
          return startText(false);
        case 'stringChunk':
          return addText(token.value);
        case 'endKey':
        case 'endString':
          return endText();
        case 'numberValue':
          return scalar(Number(token.value));
        case 'nullValue':
        case 'trueValue':
        case 'falseValue':
          return scalar(token.value);
        case 'keyValue':
        case 'stringValue':
        case 'startNumber':
        case 'endNumber':
        case 'numberChunk':
        case 'whitespace':
          // the parser is told to stream strings and pack numbers
          return;
      }
    },
  };
}
