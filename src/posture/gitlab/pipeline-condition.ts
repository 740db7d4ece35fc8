/**
 * Conditions of `rules:if` and `only:variables`. Read into a tree, and from there into what starts a
 * job. Source: GitLab documentation, "CI/CD YAML syntax reference", `rules:if`, and "Specify when jobs
 * run with rules", "CI/CD variable expressions".
 */

export type PipelineExpression =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  /** With its slashes and flags. */
  | { readonly kind: 'pattern'; readonly text: string }
  | { readonly kind: 'null' }
  | {
      readonly kind: 'binary';
      readonly operator: '&&' | '||' | '==' | '!=' | '=~' | '!~';
      readonly left: PipelineExpression;
      readonly right: PipelineExpression;
    };

const LENGTH_MAX = 10_000;
const DEPTH_MAX = 40;

const TOKEN =
  /\s+|\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?|"([^"]*)"|'([^']*)'|(\/(?:\\.|[^/\\\n])+\/[a-z]*)|(null)\b|(&&|\|\||==|!=|=~|!~|[()])/y;

type Operator = Extract<PipelineExpression, { kind: 'binary' }>['operator'];
type Token = PipelineExpression | Operator | '(' | ')';

/** The tree; null for what is no condition. */
export function parsePipelineCondition(text: string): PipelineExpression | null {
  const tokens = text.length > LENGTH_MAX ? null : tokenize(text);
  return tokens === null ? null : new Parser(tokens).parse();
}

function tokenize(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return null;
    const [, name, double, single, pattern, isNull, sign] = match;
    const quoted = double ?? single;
    if (name !== undefined) tokens.push({ kind: 'variable', name });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else if (pattern !== undefined) tokens.push({ kind: 'pattern', text: pattern });
    else if (isNull !== undefined) tokens.push({ kind: 'null' });
    else if (sign !== undefined) tokens.push(sign as Operator | '(' | ')');
  }
  return tokens;
}

const PRECEDENCE: readonly (readonly Operator[])[] = [['||'], ['&&'], ['==', '!=', '=~', '!~']];

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): PipelineExpression | null {
    const tree = this.#binary(0);
    return this.#at === this.#tokens.length ? tree : null;
  }

  #binary(level: number): PipelineExpression | null {
    const operators = PRECEDENCE[level];
    if (operators === undefined) return this.#primary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((one) => one === this.#tokens[this.#at]);
      if (left === null || operator === undefined) return left;
      this.#at += 1;
      const right = this.#binary(level + 1);
      if (right === null) return null;
      left = { kind: 'binary', operator, left, right };
    }
  }

  #primary(): PipelineExpression | null {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (typeof token === 'object') return token;
    if (token !== '(' || this.#depth >= DEPTH_MAX) return null;
    this.#depth += 1;
    const inner = this.#binary(0);
    this.#depth -= 1;
    const isClosed = this.#tokens[this.#at] === ')';
    this.#at += 1;
    return isClosed ? inner : null;
  }
}
