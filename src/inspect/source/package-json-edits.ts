/** Which edits of package.json the packing tools make by themselves, and which nobody explains. */
import { isRecord } from '../diff/package-json.ts';

type Json = Readonly<Record<string, unknown>>;

/** Fields that clients take out, or write, while they pack. */
const EDITED = new Set(['version', 'gitHead', 'packageManager', 'devDependencies', 'workspaces']);
/** Scripts that run before packing only; pnpm takes them out. */
const PACKING_SCRIPTS = new Set([
  ...['prepublish', 'prepublishOnly', 'prepack', 'prepare', 'postpack'],
  ...['publish', 'postpublish'],
]);
const DEPENDENCIES = ['dependencies', 'optionalDependencies', 'peerDependencies'];

/**
 * Names of the fields of a packed package.json that differ from the committed one in a way that no
 * packing tool explains, such as `scripts.postinstall`, in order. What is not JSON differs whole.
 */
export function changedFields(committed: string, packed: string): readonly string[] {
  const [before, after] = [parse(committed), parse(packed)];
  if (before === null || after === null) return ['(not JSON)'];
  // pnpm and yarn move what stands under publishConfig to the top
  const moved = new Set(Object.keys(objectOf(before['publishConfig'])));
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields]
    .filter((field) => !EDITED.has(field) && field !== 'pnpm')
    .flatMap((field) => {
      if (field === 'scripts') return changedScripts(before, after);
      if (DEPENDENCIES.includes(field)) return changedRanges(field, before, after);
      const expected = moved.has(field) ? objectOf(before['publishConfig'])[field] : before[field];
      if (same(after[field], before[field]) || same(after[field], expected)) return [];
      if (field === 'publishConfig') return changedConfig(before, after);
      return [field];
    })
    .sort();
}

/** A script may be taken out where it runs for packing only; none may come or change. */
function changedScripts(before: Json, after: Json): readonly string[] {
  const [old, now] = [objectOf(before['scripts']), objectOf(after['scripts'])];
  return keysOf(old, now)
    .filter((name) => !(same(old[name], now[name]) || isTakenOut(name, now)))
    .map((name) => `scripts.${name}`);
}

function isTakenOut(name: string, now: Json): boolean {
  return PACKING_SCRIPTS.has(name) && !Object.hasOwn(now, name);
}

/** A range of the workspace itself becomes a version. */
function changedRanges(field: string, before: Json, after: Json): readonly string[] {
  const [old, now] = [objectOf(before[field]), objectOf(after[field])];
  return keysOf(old, now)
    .filter((name) => {
      const range = old[name];
      const isLocal = typeof range === 'string' && /^(?:workspace|catalog):/.test(range);
      return !same(range, now[name]) && !(isLocal && typeof now[name] === 'string');
    })
    .map((name) => `${field}.${name}`);
}

/** What was moved to the top is gone from here; the rest stays as it was. */
function changedConfig(before: Json, after: Json): readonly string[] {
  const [old, now] = [objectOf(before['publishConfig']), objectOf(after['publishConfig'])];
  return keysOf(old, now)
    .filter((name) => !same(old[name], now[name]) && Object.hasOwn(now, name))
    .map((name) => `publishConfig.${name}`);
}

function keysOf(left: Json, right: Json): readonly string[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])];
}

function parse(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** Equal as JSON, whatever the order of keys. */
function same(left: unknown, right: unknown): boolean {
  if (isRecord(left) && isRecord(right)) {
    return keysOf(left, right).every((key) => same(left[key], right[key]));
  }
  return JSON.stringify(left) === JSON.stringify(right);
}
