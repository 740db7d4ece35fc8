/**
 * GitHub's expressions: `${{ ... }}` in texts, and bare ones in `if`. Read into a tree, so that rules
 * ask what a condition says and not how it is written. Source: GitHub documentation, "Evaluate
 * expressions in workflows and actions".
 */

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'context'; readonly name: string }
  | { readonly kind: 'property'; readonly target: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly target: Expression; readonly index: Expression }
  | { readonly kind: 'star'; readonly target: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type BinaryOperator = '&&' | '||' | '==' | '!=' | '<' | '<=' | '>' | '>=';

/** An expression in a text. `tree` is null for one that cannot be read. */
export interface Embedded {
  /** Index of `${{` in the text, and length up to and with `}}`. */
  readonly index: number;
  readonly length: number;
  /** What stands between the braces, with its white space. */
  readonly inner: string;
  readonly tree: Expression | null;
}

/** Longest expression that is read: what GitHub takes. */
const LENGTH_MAX = 21_000;
const DEPTH_MAX = 50;

/** All `${{ ... }}` of a text, in order. One that is not closed is left out. */
export function embeddedExpressions(text: string): readonly Embedded[] {
  const found: Embedded[] = [];
  for (let at = text.indexOf('${{'); at !== -1; at = text.indexOf('${{', at)) {
    const end = closingBraces(text, at + 3);
    if (end === -1) break;
    const inner = text.slice(at + 3, end);
    found.push({ index: at, length: end + 2 - at, inner, tree: parseExpression(inner) });
    at = end + 2;
  }
  return found;
}

/** Braces inside of a quoted string close nothing. */
function closingBraces(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === "'") quoted = !quoted;
    else if (!quoted && character === '}' && text[at + 1] === '}') return at;
  }
  // a quote that never closes must not hide what follows from the rules
  return text.indexOf('}}', from);
}

/** The tree of an expression without braces; null where it is none. */
export function parseExpression(text: string): Expression | null {
  if (text.length > LENGTH_MAX) return null;
  const tokens = tokenize(text);
  return tokens === null ? null : new ExpressionParser(tokens).parse();
}

interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'sign';
  readonly text: string;
}

const TOKEN =
  /\s+|'((?:[^']|'')*)'|([-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?))(?![A-Za-z_0-9])|([A-Za-z_][A-Za-z0-9_-]*)|(&&|\|\||==|!=|<=|>=|[<>!().,*[\]])/y;

function tokenize(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    // after a word a dot begins a property and no number
    const isDot = text[at] === '.' && isOperandEnd(tokens.at(-1));
    if (isDot) {
      tokens.push({ kind: 'sign', text: '.' });
      TOKEN.lastIndex = at + 1;
      continue;
    }
    const match = TOKEN.exec(text);
    if (match === null) return null;
    const [, string, number, word, sign] = match;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

function isOperandEnd(token: Token | undefined): boolean {
  return (
    token?.kind === 'word' || token?.text === ')' || token?.text === ']' || token?.text === '*'
  );
}

/** Lowest first; operators of a row bind alike. */
const PRECEDENCE: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
];

/** Chains of `&&` and `||` mean the same however they are grouped; so no chain makes a deep tree. */
function balance(
  operator: '&&' | '||',
  operands: readonly Expression[],
  start: number,
  end: number,
): Expression | null {
  if (end - start === 1) return operands[start] ?? null;
  const middle = Math.ceil((start + end) / 2);
  const left = balance(operator, operands, start, middle);
  const right = balance(operator, operands, middle, end);
  return left === null || right === null ? null : { kind: 'binary', operator, left, right };
}

function joinLeft(
  operators: readonly BinaryOperator[],
  [first, ...rest]: readonly Expression[],
): Expression | null {
  let left = first ?? null;
  for (const [at, right] of rest.entries()) {
    const operator = operators[at];
    if (left === null || operator === undefined) return null;
    left = { kind: 'binary', operator, left, right };
  }
  return left;
}

class ExpressionParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Expression | null {
    const tree = this.#binary(0);
    return this.#at === this.#tokens.length ? tree : null;
  }

  #binary(level: number): Expression | null {
    const operators = PRECEDENCE[level];
    if (operators === undefined) return this.#unary();
    const first = this.#binary(level + 1);
    if (first === null) return null;
    const operands = [first];
    const found: BinaryOperator[] = [];
    for (;;) {
      const operator = operators.find((one) => this.#isSign(one));
      if (operator === undefined) break;
      this.#at += 1;
      const next = this.#binary(level + 1);
      if (next === null) return null;
      operands.push(next);
      found.push(operator);
    }
    const [only] = new Set(found);
    if (only === '&&' || only === '||') return balance(only, operands, 0, operands.length);
    return found.length > DEPTH_MAX ? null : joinLeft(found, operands);
  }

  #unary(): Expression | null {
    if (!this.#take('!')) return this.#postfix();
    const operand = this.#nested(() => this.#unary());
    return operand === null ? null : { kind: 'not', operand };
  }

  #postfix(): Expression | null {
    let target = this.#primary();
    for (;;) {
      if (target === null) return null;
      if (this.#take('.')) target = this.#property(target);
      else if (this.#take('[')) target = this.#index(target);
      else return target;
    }
  }

  #property(target: Expression): Expression | null {
    if (this.#take('*')) return { kind: 'star', target };
    const token = this.#next();
    return token?.kind === 'word' ? { kind: 'property', target, name: token.text } : null;
  }

  #index(target: Expression): Expression | null {
    if (this.#take('*')) return this.#take(']') ? { kind: 'star', target } : null;
    const index = this.#nested(() => this.#binary(0));
    if (index === null || !this.#take(']')) return null;
    // github['event'] and github.event are one thing
    return index.kind === 'literal' && typeof index.value === 'string'
      ? { kind: 'property', target, name: index.value }
      : { kind: 'index', target, index };
  }

  #primary(): Expression | null {
    const token = this.#next();
    if (token === null) return null;
    if (token.kind === 'string') return { kind: 'literal', value: token.text };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind === 'word') return this.#word(token.text);
    if (token.text !== '(') return null;
    const inner = this.#nested(() => this.#binary(0));
    return inner !== null && this.#take(')') ? inner : null;
  }

  #word(name: string): Expression | null {
    if (this.#take('(')) return this.#call(name);
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    if (name === 'null') return { kind: 'literal', value: null };
    return { kind: 'context', name };
  }

  #call(name: string): Expression | null {
    const args: Expression[] = [];
    if (this.#take(')')) return { kind: 'call', name, args };
    do {
      const argument = this.#nested(() => this.#binary(0));
      if (argument === null) return null;
      args.push(argument);
    } while (this.#take(','));
    return this.#take(')') ? { kind: 'call', name, args } : null;
  }

  #nested(read: () => Expression | null): Expression | null {
    if (this.#depth >= DEPTH_MAX) return null;
    this.#depth += 1;
    const tree = read();
    this.#depth -= 1;
    return tree;
  }

  #next(): Token | null {
    const token = this.#tokens[this.#at] ?? null;
    this.#at += 1;
    return token;
  }

  #isSign(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === 'sign' && token.text === text;
  }

  #take(text: string): boolean {
    if (!this.#isSign(text)) return false;
    this.#at += 1;
    return true;
  }
}

/**
 * The dotted path of a context access in lower case, as contexts do not tell case apart:
 * `github.event.issue.title`, `*` for all members, `[]` for a computed index. Null for all else.
 */
export function contextPath(expression: Expression): string | null {
  const segments: string[] = [];
  let part = expression;
  // by a loop: a text of thousands of dots must not end the stack
  while (part.kind === 'property' || part.kind === 'star' || part.kind === 'index') {
    segments.push(part.kind === 'property' ? part.name.toLowerCase() : SEGMENTS[part.kind]);
    part = part.target;
  }
  if (part.kind !== 'context') return null;
  return [part.name.toLowerCase(), ...segments.toReversed()].join('.');
}

const SEGMENTS = { star: '*', index: '[]' } as const;

/** The parts of a tree, itself first. A context access comes whole, then the parts of its indexes. */
export function* walkExpression(tree: Expression): Generator<Expression> {
  const open = [tree];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    yield part;
    open.push(...partsOf(part).toReversed());
  }
}

function partsOf(part: Expression): readonly Expression[] {
  switch (part.kind) {
    case 'literal':
    case 'context':
      return [];
    case 'property':
    case 'star':
    case 'index':
      return accessParts(part);
    case 'call':
      return part.args;
    case 'not':
      return [part.operand];
    case 'binary':
      return [part.left, part.right];
  }
}

/** `github.event` is no part of `github.event.action`; an index or a call in between is. */
function accessParts(access: Expression): readonly Expression[] {
  const parts: Expression[] = [];
  let target = access;
  while (target.kind === 'property' || target.kind === 'star' || target.kind === 'index') {
    if (target.kind === 'index') parts.push(target.index);
    target = target.target;
  }
  if (target.kind !== 'context') parts.push(target);
  return parts.toReversed();
}

/** Every context path that a tree reads, such as `secrets.npm_token`. */
export function contextPaths(tree: Expression | null): readonly string[] {
  if (tree === null) return [];
  return [...walkExpression(tree)].flatMap((part) => contextPath(part) ?? []);
}
