/**
 * The rules of terminal output.
 *
 * 1. What a command found out goes to stdout; errors, hints, questions and progress go to stderr.
 * 2. With --json stdout holds exactly one JSON document, errors included, and no question is asked.
 * 3. A line is a line: whatever stands in it, foreign or not, has its control characters, bidi
 *    controls and invisible characters escaped here, at the last moment. So no caller can forget
 *    it, and no package name can move the cursor, recolour an answer or forge a second line.
 * 4. Colour and progress only where stderr or stdout is a terminal; none with NO_COLOR.
 * 5. An error is `error[code]: message`, then `hint: ...`; the exit code stands with the code.
 * 6. A secret is read from stdin or typed unseen; it is never an argument and never echoed.
 */
import { type CountersignError, ERROR_CODES } from '../core/errors.ts';
import { jsonPieces } from './json-pieces.ts';
import { createLineReader, type InputStream } from './line-reader.ts';

/** How a line looks on a terminal that shows colours. Meaning is never in the colour alone. */
export type LineStyle = 'good' | 'bad' | 'dim' | 'strong';

/** One line of prose, without line end. */
export type Line = string | { readonly style: LineStyle; readonly text: string };

/** `1 package`, `2 packages`; `many` where an s does not make the plural. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A stream as the terminal needs it. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  /** False where it keeps the text until it can be written, and says `drain` then. */
  write(text: string): unknown;
  once?(event: 'drain' | 'error' | 'close', listener: () => void): unknown;
  removeListener?(event: 'drain' | 'error' | 'close', listener: () => void): unknown;
}

export interface Terminal {
  readonly json: boolean;
  /** Whether a person can be asked: stdin and stderr are terminals, and --json is off. */
  readonly interactive: boolean;
  /** Prose on stdout; nothing with --json. */
  print(lines: readonly Line[]): void;
  /** The one document of --json on stdout, as fast as that takes it; nothing without. */
  printJson(value: unknown): Promise<void>;
  /** A text of our own on stdout, as it is: help, completion scripts, evidence. */
  printRaw(text: string): void;
  /** Prose on stderr, also with --json: what a person must see who pipes stdout away. */
  note(lines: readonly Line[]): void;
  /** What is going on, on stderr, only on a terminal. */
  progress(text: string): void;
  /** Whether `status` shows anything. */
  readonly showsStatus: boolean;
  /** One line on stderr that replaces itself, only on a terminal; '' takes it away. */
  status(text: string): void;
  /** Error and hint on stderr, or as JSON on stdout. */
  fail(error: CountersignError): void;
  /** One line from the person, trimmed. '' at the end of input. */
  ask(question: string): Promise<string>;
  /** The first line of stdin; on a terminal it is asked for and not shown while it is typed. */
  readSecret(question: string): Promise<string>;
}

export interface TerminalOptions {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
}

const COLOURS: Readonly<Record<LineStyle, string>> = {
  good: '32',
  bad: '31',
  dim: '2',
  strong: '1',
};

// Control, format (bidi, zero width, tags), surrogate, private use, unassigned, line separators.
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * `text` with every character that could act on a terminal, or hide in it, as `\u{...}`. What is
 * harmless stays as it is, in whatever script.
 */
export function escapeForTerminal(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(UNSAFE, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Prose as a text for a file: escaped as on a terminal, without colours. */
export function formatProse(lines: readonly Line[]): string {
  return lines
    .map((line) => `${escapeForTerminal(typeof line === 'string' ? line : line.text)}\n`)
    .join('');
}

/** JSON of one document, with its line end. */
export function formatJson(value: unknown): string {
  return [...jsonPieces(value)].join('');
}

/** What `--json` prints for an error. */
function errorDocument(error: CountersignError) {
  return { error: { code: error.code, message: error.message, hint: error.hint ?? null } };
}

/** The lines of an error, unescaped. */
function errorLines(error: CountersignError): readonly Line[] {
  return [
    { style: 'bad', text: `error[${error.code}]: ${error.message}` },
    ...(error.hint === undefined ? [] : [`hint: ${error.hint}`]),
  ];
}

/** The exit code of an error: 1 refused, 2 usage, 3 could not tell. */
export function exitCodeOf(error: CountersignError): 1 | 2 | 3 {
  return ERROR_CODES[error.code].exit;
}

/** A terminal over these streams. */
export function createTerminal(options: TerminalOptions): Terminal {
  const { stdin, stdout, stderr, env, json } = options;
  const interactive = !json && stdin.isTTY === true && stderr.isTTY === true;
  const lines = createLineReader(stdin);
  const write = (stream: OutputStream, lines: readonly Line[]) => {
    const colour = stream.isTTY === true && (env['NO_COLOR'] ?? '') === '';
    for (const line of lines) stream.write(`${formatLine(line, colour)}\n`);
  };
  return {
    json,
    interactive,
    print(lines) {
      if (!json) write(stdout, lines);
    },
    async printJson(value) {
      if (json) await writePieces(stdout, jsonPieces(value));
    },
    printRaw: (text) => void stdout.write(text),
    note: (lines) => write(stderr, lines),
    progress(text) {
      if (!json && stderr.isTTY === true) write(stderr, [{ style: 'dim', text }]);
    },
    showsStatus: !json && stderr.isTTY === true,
    status(text) {
      if (json || stderr.isTTY !== true) return;
      stderr.write(`\r\u001b[K${escapeForTerminal(text)}`);
    },
    fail(error) {
      if (json) stdout.write(formatJson(errorDocument(error)));
      else write(stderr, errorLines(error));
    },
    async ask(question) {
      stderr.write(`${escapeForTerminal(question)} `);
      return (await lines.next()).trim();
    },
    async readSecret(question) {
      if (stdin.isTTY !== true) return lines.next();
      stderr.write(`${escapeForTerminal(question)} `);
      stdin.setRawMode?.(true);
      try {
        return await lines.next();
      } finally {
        stdin.setRawMode?.(false);
        stderr.write('\n');
      }
    },
  };
}

/** Waits while the stream keeps what it was given: a slow reader must not cost memory. */
async function writePieces(stream: OutputStream, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (stream.write(piece) !== false) continue;
    if (!(await isDrained(stream))) return;
  }
}

/** False where nobody reads any more. */
function isDrained(stream: OutputStream): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const [goOn, stop] = [() => resolve(true), () => resolve(false)];
  stream.once?.('drain', goOn);
  stream.once?.('error', stop);
  stream.once?.('close', stop);
  return promise.finally(() => {
    stream.removeListener?.('drain', goOn);
    stream.removeListener?.('error', stop);
    stream.removeListener?.('close', stop);
  });
}

function formatLine(line: Line, colour: boolean): string {
  if (typeof line === 'string') return escapeForTerminal(line);
  const text = escapeForTerminal(line.text);
  return colour ? `\u001b[${COLOURS[line.style]}m${text}\u001b[0m` : text;
}
