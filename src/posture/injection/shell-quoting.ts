/**
 * In which quotes each expression of a shell text stands. Bash and its kin; what this reader is not
 * sure of has no answer, so that no fix is built on it.
 */
import type { Embedded } from '../expression.ts';

export type Quoting = 'bare' | 'double' | 'single';

export interface QuotedPlace {
  readonly quoting: Quoting;
  /** Where the line begins on which the whole command begins, those of open quotes included. */
  readonly commandIndex: number;
}

type Frame = 'substitution' | 'bracket' | 'double' | 'backquote' | 'brace';

/**
 * One answer an expression. Null in comments, here-documents, backquotes, arithmetic, `${...}` and
 * `$'...'`, and wherever else a quoted variable would mean something else.
 */
export function shellQuoting(
  text: string,
  expressions: readonly Embedded[],
): ReadonlyMap<Embedded, QuotedPlace | null> {
  return new QuotingReader(text, expressions).read();
}

class QuotingReader {
  readonly #text: string;
  readonly #expressions: ReadonlyMap<number, Embedded>;
  readonly #found = new Map<Embedded, QuotedPlace | null>();
  readonly #frames: Frame[] = [];
  readonly #hereEnds: string[] = [];
  /** Brackets of `case` patterns close nothing. */
  readonly #hasCase: boolean;
  #at = 0;
  #commandIndex = 0;

  constructor(text: string, expressions: readonly Embedded[]) {
    this.#text = text;
    this.#expressions = new Map(expressions.map((one) => [one.index, one]));
    this.#hasCase = /\besac\b/.test(text);
  }

  read(): ReadonlyMap<Embedded, QuotedPlace | null> {
    while (this.#at < this.#text.length) this.#step();
    return this.#found;
  }

  #step(): void {
    const character = this.#text[this.#at] ?? '';
    if (this.#passExpression(this.#quoting())) return;
    if (character === '\\') this.#at += 2;
    else if (character === '"') this.#toggle('double');
    else if (character === '`') this.#toggle('backquote');
    else if (character === '$') this.#dollar();
    else if (character === '}') this.#close('brace');
    else if (this.#top() === 'double') this.#at += 1;
    else this.#bare(character);
  }

  #bare(character: string): void {
    if (character === "'") this.#pass("'", 'single');
    else if (character === '(') this.#open('bracket', 1);
    else if (character === ')') this.#closeBracket();
    else if (character === '#' && /^[\s;|&(]?$/.test(this.#text[this.#at - 1] ?? ''))
      this.#passUntil(this.#lineEnd(), null);
    else if (character === '<' && this.#text.startsWith('<<', this.#at)) this.#here();
    else if (character === '\n') this.#newLine();
    else this.#at += 1;
  }

  #dollar(): void {
    const next = this.#text[this.#at + 1];
    if (this.#text.startsWith('$((', this.#at)) {
      const end = this.#text.indexOf('))', this.#at);
      this.#passUntil(end === -1 ? this.#text.length : end + 2, null);
    } else if (next === '(') this.#open('substitution', 2);
    else if (next === '{') this.#open('brace', 2);
    else if (next === "'" && this.#top() !== 'double') {
      this.#at += 1;
      this.#pass("'", null);
    } else this.#at += 1;
  }

  /** Up to the closing quote; backslashes count in `$'...'` alone. */
  #pass(quote: string, quoting: Quoting | null): void {
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== quote) {
      if (this.#passExpression(this.#isUnsure() ? null : quoting)) continue;
      this.#at += quoting === null && this.#text[this.#at] === '\\' ? 2 : 1;
    }
    this.#at += 1;
  }

  #passUntil(end: number, quoting: Quoting | null): void {
    while (this.#at < end) {
      if (!this.#passExpression(quoting)) this.#at += 1;
    }
  }

  #passExpression(quoting: Quoting | null): boolean {
    const expression = this.#expressions.get(this.#at);
    if (expression === undefined) return false;
    const place = quoting === null ? null : { quoting, commandIndex: this.#commandIndex };
    this.#found.set(expression, place);
    this.#at += expression.length;
    return true;
  }

  #here(): void {
    const head = this.#text.slice(this.#at, this.#at + 80);
    const match = /^<<-?\s*(['"]?)([A-Za-z_][A-Za-z0-9_]*)\1/.exec(head);
    if (match !== null) this.#hereEnds.push(match[2] ?? '');
    this.#at += match?.[0].length ?? (head.startsWith('<<<') ? 3 : 2);
  }

  #newLine(): void {
    this.#at += 1;
    for (const end of this.#hereEnds.splice(0)) {
      while (this.#at < this.#text.length) {
        const stop = this.#lineEnd();
        const line = this.#text.slice(this.#at, stop).trim();
        this.#passUntil(stop, null);
        this.#at += 1;
        if (line === end) break;
      }
    }
    if (this.#frames.length === 0) this.#commandIndex = this.#at;
  }

  #lineEnd(): number {
    const at = this.#text.indexOf('\n', this.#at);
    return at === -1 ? this.#text.length : at;
  }

  #top(): Frame | null {
    return this.#frames.at(-1) ?? null;
  }

  #open(frame: Frame, length: number): void {
    this.#frames.push(frame);
    this.#at += length;
  }

  #close(frame: Frame): void {
    if (this.#top() === frame) this.#frames.pop();
    this.#at += 1;
  }

  #toggle(frame: 'double' | 'backquote'): void {
    if (this.#top() === frame) this.#frames.pop();
    else this.#frames.push(frame);
    this.#at += 1;
  }

  #closeBracket(): void {
    this.#close(this.#top() === 'substitution' ? 'substitution' : 'bracket');
  }

  #quoting(): Quoting | null {
    if (this.#isUnsure()) return null;
    return this.#top() === 'double' ? 'double' : 'bare';
  }

  #isUnsure(): boolean {
    if (this.#hasCase && this.#frames.includes('substitution')) return true;
    return this.#frames.includes('backquote') || this.#frames.includes('brace');
  }
}
