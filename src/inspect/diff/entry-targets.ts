/** Where `exports`, `imports` and `browser` of package.json lead. */

const DEPTH_MAX = 10;

/** Targets by the keys that lead to them; none of a value that was cut. */
export function targetsOf(fact: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, name: string, depth: number): void => {
    if (typeof value === 'string') found.set(name === '' ? '.' : name, value);
    if (depth >= DEPTH_MAX || typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      walk(inner, name === '' ? key : `${name} ${key}`, depth + 1);
    }
  };
  try {
    walk(JSON.parse(fact.startsWith('.') ? JSON.stringify(fact) : fact), '', 0);
  } catch {
    return found;
  }
  return found;
}

/** What is asked for, without the conditions behind it. */
export function subpathOf(name: string): string {
  const [first = ''] = name.split(' ', 1);
  return /^[.#]/.test(first) ? first : '.';
}
