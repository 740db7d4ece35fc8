/**
 * The commands of a `run` text, as far as a reader without a shell can tell: words, where they
 * stand, and what comes before them. POSIX shells and PowerShell alike enough for names and
 * arguments; what a variable holds is not known.
 */

/** One word after quotes are taken off; `index` is where it begins in the text. */
export interface ShellWord {
  readonly text: string;
  readonly index: number;
}

export interface ShellCommand {
  /** Without assignments, redirections and leading `sudo`, `env`, `time` and the like. */
  readonly words: readonly ShellWord[];
  /** `NAME=value` before the command, without quotes. */
  readonly assignments: ReadonlyMap<string, string>;
  readonly index: number;
}

const TEXT_MAX_LENGTH = 256 * 1024;
const NESTING_MAX = 4;
const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'do',
  'while',
  'until',
  '!',
  '{',
  '(',
  '&',
]);
const PREFIXES = new Set([
  'sudo',
  'env',
  'time',
  'exec',
  'command',
  'nohup',
  'nice',
  'xvfb-run',
  'retry',
  'eval',
]);
const SHELLS = new Set(['bash', 'sh', 'zsh', 'dash']);
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;

/** Every command of the text, in order, those in `bash -c '...'` and `$(...)` too. */
export function shellCommands(text: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  collect(text.slice(0, TEXT_MAX_LENGTH), 0, 0, commands);
  return commands;
}

function collect(text: string, base: number, depth: number, found: ShellCommand[]): void {
  for (const words of splitCommands(text)) {
    const command = dress(words, base);
    if (command === null) continue;
    found.push(command);
    if (depth >= NESTING_MAX) continue;
    const [first, ...rest] = command.words;
    const at = rest.findIndex((word) => /^-[a-z]*c$/.test(word.text));
    const script = SHELLS.has(first?.text ?? '') && at !== -1 ? rest[at + 1] : undefined;
    if (script !== undefined) collect(script.text, script.index, depth + 1, found);
    for (const { text: inner, index } of words) {
      for (const substitution of substitutions(inner)) {
        collect(substitution.text, base + index + substitution.index, depth + 1, found);
      }
    }
  }
}

/** Commands inside of `$(...)` and backquotes, by their brackets. */
function* substitutions(text: string): Generator<ShellWord> {
  for (let at = text.indexOf('$('); at !== -1; at = text.indexOf('$(', at + 2)) {
    if (text[at + 2] === '(') continue;
    const end = closingBracket(text, at + 2);
    yield { text: text.slice(at + 2, end), index: at + 2 };
    at = end - 2;
  }
  for (const match of text.matchAll(/`([^`]*)`/g)) {
    yield { text: match[1] ?? '', index: match.index + 1 };
  }
}

function closingBracket(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '(') open += 1;
    if (text[at] === ')') open -= 1;
    if (open === 0) return at;
  }
  return text.length;
}

function dress(words: readonly ShellWord[], base: number): ShellCommand | null {
  const assignments = new Map<string, string>();
  let isAfterPrefix = false;
  let at = 0;
  for (; at < words.length; at += 1) {
    const text = words[at]?.text ?? '';
    const assignment = ASSIGNMENT.exec(text);
    if (assignment !== null) assignments.set(assignment[1] ?? '', assignment[2] ?? '');
    else if (PREFIXES.has(text)) isAfterPrefix = true;
    // options of `sudo -E` and `env -i`
    else if (!KEYWORDS.has(text) && !(isAfterPrefix && text.startsWith('-'))) break;
  }
  const own = words.slice(at).map((word) => ({ ...word, index: word.index + base }));
  const first = own[0];
  return first === undefined ? null : { words: own, assignments, index: first.index };
}

/** Splits at line ends, `;`, `|`, `&` and brackets outside of quotes; drops comments and here-documents. */
function splitCommands(text: string): readonly (readonly ShellWord[])[] {
  const splitter = new Splitter(text);
  splitter.run();
  return splitter.commands;
}

class Splitter {
  readonly commands: ShellWord[][] = [];
  readonly #text: string;
  #words: ShellWord[] = [];
  #word: string | null = null;
  #wordIndex = 0;
  #at = 0;
  #hereEnds: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    while (this.#at < this.#text.length) this.#step();
    this.#endCommand();
  }

  #step(): void {
    const character = this.#text[this.#at] ?? '';
    if (this.#text.startsWith('${{', this.#at)) this.#copyUntil('}}', 2);
    else if (this.#text.startsWith('$(', this.#at)) this.#copySubstitution();
    else if (character === '\\' || this.#isBackquoteAtLineEnd(character)) this.#escape();
    else if (character === "'" || character === '"') this.#quoted(character);
    else if (character === '`') this.#copyUntil('`', 1);
    else if (character === '#' && this.#word === null) this.#comment();
    else this.#separate(character);
  }

  /** How PowerShell continues a line. */
  #isBackquoteAtLineEnd(character: string): boolean {
    return character === '`' && this.#text[this.#at + 1] === '\n';
  }

  #separate(character: string): void {
    if (character === '\n') this.#lineEnd();
    else if (character === '<' && this.#text[this.#at + 1] === '<') this.#hereDocument();
    else if (' \t\r'.includes(character)) this.#endWord();
    else if (character === '&' && this.#isRedirection()) this.#add(character);
    else if (';|&()'.includes(character)) this.#endCommand();
    else this.#add(character);
  }

  /** `2>&1` and `&>file` are no ends of a command. */
  #isRedirection(): boolean {
    return this.#text[this.#at - 1] === '>' || this.#text[this.#at + 1] === '>';
  }

  #add(text: string, length = text.length): void {
    if (this.#word === null) {
      this.#word = '';
      this.#wordIndex = this.#at;
    }
    this.#word += text;
    this.#at += length;
  }

  #escape(): void {
    const next = this.#text[this.#at + 1] ?? '';
    if (next === '\n') this.#at += 2;
    else if (next === '\r') this.#at += 3;
    else this.#add(next, 2);
  }

  #quoted(quote: string): void {
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== quote) {
      end += quote === '"' && this.#text[end] === '\\' ? 2 : 1;
    }
    const inner = this.#text.slice(this.#at + 1, end);
    const index = this.#at + 1;
    const isStart = this.#word === null;
    this.#add(quote === '"' ? inner.replace(/\\(["\\$`])/g, '$1') : inner, end + 1 - this.#at);
    if (isStart) this.#wordIndex = index;
  }

  #copyUntil(end: string, skip: number): void {
    const found = this.#text.indexOf(end, this.#at + skip);
    const stop = found === -1 ? this.#text.length : found + end.length;
    this.#add(this.#text.slice(this.#at, stop));
  }

  #copySubstitution(): void {
    const stop = closingBracket(this.#text, this.#at + 2) + 1;
    this.#add(this.#text.slice(this.#at, stop));
  }

  #comment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  #hereDocument(): void {
    const head = this.#text.slice(this.#at, this.#at + 80);
    const match = /^<<-?\s*(['"]?)([A-Za-z_][A-Za-z0-9_]*)\1/.exec(head);
    if (match === null) {
      this.#add('<<');
      return;
    }
    this.#hereEnds.push(match[2] ?? '');
    this.#endWord();
    this.#at += match[0].length - 1;
  }

  #lineEnd(): void {
    this.#endCommand();
    for (const end of this.#hereEnds) this.#skipHereDocument(end);
    this.#hereEnds = [];
  }

  #skipHereDocument(end: string): void {
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf('\n', this.#at);
      const stop = next === -1 ? this.#text.length : next;
      const line = this.#text.slice(this.#at, stop);
      this.#at = stop + 1;
      if (line.trim() === end) return;
    }
  }

  #endWord(): void {
    if (this.#word !== null) this.#words.push({ text: this.#word, index: this.#wordIndex });
    this.#word = null;
    this.#at += 1;
  }

  #endCommand(): void {
    this.#endWord();
    if (this.#words.length > 0) this.commands.push(this.#words);
    this.#words = [];
  }
}
