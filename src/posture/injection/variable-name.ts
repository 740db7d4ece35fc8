/** What the variable is called that takes an expression's value. */
import { contextPath, type Embedded, type Expression } from '../expression.ts';
import type { StepPlace } from '../rule.ts';
import { environmentValue, flowingParts } from './untrusted-input.ts';

/** Variables that the runner sets itself. Source: GitHub documentation, "Default environment variables". */
const DEFAULT_VARIABLES: ReadonlyMap<string, string> = new Map([
  ['github.actor', 'GITHUB_ACTOR'],
  ['github.base_ref', 'GITHUB_BASE_REF'],
  ['github.head_ref', 'GITHUB_HEAD_REF'],
  ['github.ref', 'GITHUB_REF'],
  ['github.ref_name', 'GITHUB_REF_NAME'],
]);

/** `line` goes into `env`; null for a variable that is set already. */
export interface Variable {
  readonly name: string;
  readonly line: string | null;
}

/** The variables of one step. The same expression has the same name. */
export class VariableNames {
  readonly #place: StepPlace;
  readonly #code: string;
  readonly #given = new Map<string, string>();

  constructor(place: StepPlace, code: string) {
    this.#place = place;
    this.#code = code;
  }

  /** Null for what no name can be made of, or no line of YAML. */
  of({ inner, tree }: Embedded): Variable | null {
    if (tree === null) return null;
    const known = this.#known(tree);
    if (known !== null) return { name: known, line: null };
    const value = `\${{ ${inner.trim().replaceAll(/\s+/g, ' ')} }}`;
    // a plain scalar ends at these
    if (/: | #/.test(value)) return null;
    const base = baseName(tree);
    if (base === null) return null;
    for (let count = 1; count <= 9; count += 1) {
      const name = count === 1 ? base : `${base}_${count}`;
      const taken = this.#valueOf(name);
      if (taken === value) return this.#remember(name, value);
      if (taken === null && !this.#code.includes(name)) return this.#remember(name, value);
    }
    return null;
  }

  #remember(name: string, value: string): Variable {
    this.#given.set(name, value);
    const isThere = this.#place.step.env.some((one) => one.name === name);
    return { name, line: isThere ? null : `${name}: ${value}` };
  }

  #valueOf(name: string): string | null {
    const { workflow, job, step } = this.#place;
    const given = this.#given.get(name);
    if (given !== undefined) return given;
    return environmentValue(name.toLowerCase(), { workflow, job, step })?.value.text.trim() ?? null;
  }

  #known(tree: Expression): string | null {
    const path = contextPath(tree);
    if (path === null) return null;
    const [root = '', name = '', ...more] = path.split('.');
    if (root !== 'env' || more.length > 0) return DEFAULT_VARIABLES.get(path) ?? null;
    const { workflow, job, step } = this.#place;
    const set = environmentValue(name, { workflow, job, step })?.name ?? null;
    const written = set ?? (tree.kind === 'property' ? tree.name : '');
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(written) ? written : null;
  }
}

/** The root stays in the name: `inputs.path` must not become PATH. */
function baseName(tree: Expression): string | null {
  for (const part of flowingParts(tree)) {
    const path = contextPath(part);
    if (path === null) continue;
    const short = path
      .replace(/^github\.event\.(?=[^.]+\.)/, '')
      .replace(/^github\.event\./, 'event.')
      .replace(/^github\./, 'context.')
      .replace('.outputs.', '.');
    const name = short
      .replaceAll('*', 'all')
      .replaceAll('.[]', '')
      .replaceAll(/[^a-z0-9_]/g, '_');
    return /^[a-z_][a-z0-9_]{2,99}$/.test(name) ? name.toUpperCase() : null;
  }
  return null;
}
