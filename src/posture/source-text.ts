/** A text with its positions. Offsets are UTF-16 code units, as in the strings of the language. */

/** Where something stands in a text: from `start` up to `end`, which is not part of it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** 1-based; `column` counts code points, as SARIF's `unicodeCodePoints` does. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One file of a repository, named by its path from the root with `/` between folders. */
export class SourceText {
  readonly path: string;
  readonly text: string;
  #lineStarts: readonly number[] | null = null;
  #last = { start: 0, offset: 0, column: 1 };

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Where the offset is; one beyond the end is at the end. */
  positionAt(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: this.#columnAt(starts[low] ?? 0, offset) };
  }

  /** Goes on from the place before it in the same line: a line may hold thousands. */
  #columnAt(start: number, offset: number): number {
    const end = Math.min(offset, this.text.length);
    const { start: line, offset: from, column: before } = this.#last;
    const isNext = line === start && from <= end;
    const between = this.text.slice(isNext ? from : start, end);
    const column = (isNext ? before : 1) + [...between].length;
    this.#last = { start, offset: end, column };
    return column;
  }

  /** The text of a 1-based line without its end; '' where there is no such line. */
  lineText(line: number): string {
    const starts = this.#starts();
    const start = starts[line - 1];
    if (start === undefined) return '';
    return this.text.slice(start, starts[line]).replace(/\r?\n$/, '');
  }

  /** The line end that the text uses. */
  get lineEnding(): '\n' | '\r\n' {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** Offset of the first character of the line that holds `offset`. */
  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Offset after the last character of the line that holds `offset`, before its line end. */
  lineEnd(offset: number): number {
    const at = this.text.indexOf('\n', offset);
    const end = at === -1 ? this.text.length : at;
    return this.text[end - 1] === '\r' && end > offset ? end - 1 : end;
  }

  #starts(): readonly number[] {
    if (this.#lineStarts !== null) return this.#lineStarts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#lineStarts = starts;
    return starts;
  }
}
