/** JSON for people and programs: indented, and safe to look at. */

/** As in `escapeForTerminal`, but for the line feeds between values. */
const UNSAFE = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/** Characters of a piece, about. */
const PIECE_LENGTH = 64 * 1024;

/**
 * The text of one document with its line end, as `JSON.stringify` indents it. Unsafe characters are
 * escaped as JSON allows. What an object holds that can be gone through and is no array is a list that
 * may be long: it is never in memory as a whole.
 */
export function* jsonPieces(value: unknown): Generator<string, void, undefined> {
  let piece = '';
  for (const part of parts(value)) {
    piece += part.replaceAll(UNSAFE, escapeUnits);
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}\n`;
}

function escapeUnits(one: string): string {
  return one
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

function* parts(value: unknown): Generator<string, void, undefined> {
  const lists = new Map(Object.entries(value ?? {}).filter(([, held]) => isLongList(held)));
  if (lists.size === 0) {
    yield JSON.stringify(value, null, 2);
    return;
  }
  let before = '{';
  for (const [key, held] of Object.entries(value ?? {})) {
    if (held === undefined) continue;
    yield `${before}\n  ${JSON.stringify(key)}: `;
    before = ',';
    if (isLongList(held)) yield* items(held);
    else yield JSON.stringify(held, null, 2).replaceAll('\n', '\n  ');
  }
  yield '\n}';
}

function* items(list: Iterable<unknown>): Generator<string, void, undefined> {
  let before = '[';
  for (const item of list) {
    // strings hold no line feeds as JSON writes them
    yield `${before}\n    ${JSON.stringify(item, null, 2).replaceAll('\n', '\n    ')}`;
    before = ',';
  }
  yield before === '[' ? '[]' : '\n  ]';
}

function isLongList(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value)
  );
}
