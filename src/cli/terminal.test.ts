import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CountersignError, ERROR_CODES, type ErrorCode } from '../core/errors.ts';
import { createTerminal, escapeForTerminal, exitCodeOf, formatJson } from './terminal.ts';

function capture(
  options: { json?: boolean; tty?: boolean; env?: Record<string, string>; input?: string } = {},
) {
  const written = { stdout: '', stderr: '' };
  const raw: boolean[] = [];
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: options.tty ?? false,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const terminal = createTerminal({
    stdin: {
      isTTY: options.tty ?? false,
      setRawMode: (on: boolean) => raw.push(on),
      async *[Symbol.asyncIterator]() {
        for (const key of options.input ?? '') yield key;
      },
    },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: options.env ?? {},
    json: options.json ?? false,
  });
  return { terminal, written, raw };
}

describe('hostile text', () => {
  test.each([
    ['colour', 'a\u001b[31mb', 'a\\u{1b}[31mb'],
    ['a title of the window', '\u001b]0;owned\u0007', '\\u{1b}]0;owned\\u{7}'],
    ['a one-byte escape sequence', '\u009b2J', '\\u{9b}2J'],
    ['a second line', 'good\nbad\rworse', 'good\\u{a}bad\\u{d}worse'],
    ['a text that runs backwards', 'evil\u202egpj.exe', 'evil\\u{202e}gpj.exe'],
    ['isolates', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['nothing that shows', 'a\u200bb\ufeffc\u00add', 'a\\u{200b}b\\u{feff}c\\u{ad}d'],
    ['tag characters', 'x\u{e0041}', 'x\\u{e0041}'],
    ['separators', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
  ])('of %s is escaped', (_, hostile, safe) => {
    expect(escapeForTerminal(hostile)).toBe(safe);
  });

  test('in other scripts stays readable', () => {
    const words = 'Grüße, Привет, 日本語, שלום, 👍';
    expect(escapeForTerminal(words)).toBe(words);
  });

  test('never reaches the terminal, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { terminal, written } = capture({ tty: true });
        terminal.print([text, { style: 'bad', text }]);
        terminal.note([text]);
        terminal.progress(text);
        terminal.fail(new CountersignError('internal', text, { hint: text }));
        const all = `${written.stdout}${written.stderr}`
          .replaceAll(/\u001b\[(?:0|1|2|31|32)m/g, '')
          .replaceAll('\n', '');
        expect(all).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
        // one line each: print twice, note, progress, error, hint
        expect(`${written.stdout}${written.stderr}`.split('\n')).toHaveLength(7);
      }),
    );
  });

  test('in JSON is escaped as JSON, and comes back the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const printed = formatJson({ text });
        expect(JSON.parse(printed)).toEqual({ text });
        expect(printed.replaceAll('\n', '')).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
      }),
    );
  });
});

describe('colour', () => {
  const line = { style: 'good', text: 'fine' } as const;
  test('is shown on a terminal only, and not with NO_COLOR', () => {
    const on = capture({ tty: true });
    on.terminal.print([line]);
    expect(on.written.stdout).toBe('\u001b[32mfine\u001b[0m\n');
    for (const options of [{ tty: false }, { tty: true, env: { NO_COLOR: '1' } }]) {
      const off = capture(options);
      off.terminal.print([line]);
      expect(off.written.stdout).toBe('fine\n');
    }
  });

  test('and progress keep out of files', () => {
    const { terminal, written } = capture();
    terminal.progress('fetching');
    expect(written).toEqual({ stdout: '', stderr: '' });
  });
});

describe('--json', () => {
  test('keeps prose away and prints errors as a document', () => {
    const { terminal, written } = capture({ json: true });
    terminal.print(['prose']);
    terminal.fail(new CountersignError('usage', 'expected a name', { hint: 'give one' }));
    expect(JSON.parse(written.stdout)).toEqual({
      error: { code: 'usage', message: 'expected a name', hint: 'give one' },
    });
    expect(written.stderr).toBe('');
  });

  test('asks nobody', () => {
    expect(capture({ json: true, tty: true }).terminal.interactive).toBe(false);
    expect(capture({ tty: true }).terminal.interactive).toBe(true);
    expect(capture().terminal.interactive).toBe(false);
  });
});

describe('typed input', () => {
  test('goes to a secret unseen, with backspace, and the terminal is put back', async () => {
    const { terminal, written, raw } = capture({ tty: true, input: 'hux\u007fnter\rnext\n' });
    expect(await terminal.readSecret('the secret:')).toBe('hunter');
    expect(raw).toEqual([true, false]);
    expect(written.stderr).toBe('the secret: \n');
    expect(await terminal.ask('and then?')).toBe('next');
    expect(await terminal.ask('and after the end?')).toBe('');
  });

  test('from a pipe is read line by line without a prompt', async () => {
    const { terminal, written } = capture({ input: 'one\r\ntwo' });
    expect(await terminal.readSecret('the secret:')).toBe('one');
    expect(await terminal.readSecret('the secret:')).toBe('two');
    expect(written.stderr).toBe('');
  });
});

test('an error ends with the exit code of its table', () => {
  for (const [code, { exit }] of Object.entries(ERROR_CODES)) {
    expect(exitCodeOf(new CountersignError(code as ErrorCode, 'x'))).toBe(exit);
  }
});

describe('a document for a slow reader', () => {
  const value = { lines: Array.from({ length: 3000 }, (_, at) => `${at} ${'x'.repeat(100)}`) };
  const long = { ...value, lines: { [Symbol.iterator]: () => value.lines.values() } };
  const terminalTo = (stdout: PassThrough) =>
    createTerminal({
      stdin: { async *[Symbol.asyncIterator]() {} },
      stdout,
      stderr: { write: () => true },
      env: {},
      json: true,
    });

  test('is written as fast as it is read, and whole', async () => {
    const stdout = new PassThrough({ highWaterMark: 1024 });
    const printed = terminalTo(stdout).printJson(long);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stdout.writableLength + stdout.readableLength).toBeLessThan(150_000);
    let text = '';
    stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    await printed;
    stdout.end();
    expect(JSON.parse(text)).toEqual(value);
  });

  test('is left where nobody reads any more', async () => {
    const stdout = new PassThrough({ highWaterMark: 1024 });
    stdout.on('error', () => undefined);
    const printed = terminalTo(stdout).printJson(long);
    stdout.destroy(new Error('EPIPE'));
    await expect(printed).resolves.toBeUndefined();
  });
});
