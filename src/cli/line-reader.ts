/** Lines from a person or a pipe; what came after a line end waits for the next call. */

/** Input as the terminal needs it; `setRawMode` is there on terminals. */
export interface InputStream extends AsyncIterable<Uint8Array | string> {
  readonly isTTY?: boolean | undefined;
  setRawMode?(raw: boolean): unknown;
}

export interface LineReader {
  /** The next line without its end; '' at the end of input. */
  next(): Promise<string>;
}

/** Longest line that is kept; what comes after is dropped. */
const LINE_MAX_CHARACTERS = 64 * 1024;

/** Reads nothing before the first call. */
export function createLineReader(stdin: InputStream): LineReader {
  let keys: AsyncGenerator<string, void, void> | undefined;
  return {
    async next() {
      keys ??= readKeys(stdin);
      let line = '';
      for (;;) {
        const { done, value } = await keys.next();
        if (done === true || isLineEnd(value)) return line;
        line = applyKey(line, value);
      }
    },
  };
}

async function* readKeys(stdin: InputStream): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let before = '';
  for await (const chunk of stdin) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    for (const key of text) {
      // CRLF is one line end.
      if (!(key === '\n' && before === '\r')) yield key;
      before = key;
    }
  }
}

/** Control-D ends a line too: in raw mode the terminal does not do it for us. */
function isLineEnd(key: string): boolean {
  return key === '\n' || key === '\r' || key === '\u0004';
}

function applyKey(line: string, key: string): string {
  if (key === '\u0003') {
    process.kill(process.pid, 'SIGINT');
    return line;
  }
  if (key === '\u007f' || key === '\b') return line.slice(0, -1);
  return line.length < LINE_MAX_CHARACTERS ? line + key : line;
}
