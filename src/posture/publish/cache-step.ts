/**
 * Steps that restore a cache which other runs of the repository may have filled. By the inputs of
 * the actions as their documentation has them in November 2026.
 */
import type { AuditContext } from '../rule.ts';
import { usesName } from '../uses-reference.ts';
import { namedValue, type Step, type Uses } from '../workflow.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

/** How a step came to restore a cache, and what would stop it. */
export interface CacheUse {
  /** What is restored, for messages. */
  readonly what: string;
  /** The value that switches it on; null where the action does so by itself. */
  readonly switch: { readonly input: string; readonly value: YamlScalar } | null;
  /** The input and value that switch it off; null where leaving the switch, or the step, out does. */
  readonly off: { readonly input: string; readonly value: string } | null;
  readonly isSure: boolean;
}

interface CachingAction {
  /** The input that decides; null for an action that is nothing but a cache. */
  readonly input: string | null;
  /** What holds without the input. */
  readonly byDefault: boolean;
  /** The input says what is *not* cached. */
  readonly negative?: true;
  /** Up to this major version the default is the other one. */
  readonly defaultFrom?: number;
  readonly defaultUntil?: number;
}

const ALWAYS: CachingAction = { input: null, byDefault: true };
const IF_ASKED: CachingAction = { input: 'cache', byDefault: false };
const BY_DEFAULT: CachingAction = { input: 'cache', byDefault: true };

const ACTIONS: ReadonlyMap<string, CachingAction> = new Map<string, CachingAction>([
  ['actions/cache', ALWAYS],
  ['actions/cache/restore', ALWAYS],
  ['actions/setup-python', IF_ASKED],
  ['actions/setup-java', IF_ASKED],
  ['actions/setup-dotnet', IF_ASKED],
  ['actions/setup-go', { ...BY_DEFAULT, defaultFrom: 4 }],
  [
    'astral-sh/setup-uv',
    { input: 'enable-cache', byDefault: true, defaultFrom: 5, defaultUntil: 9 },
  ],
  ['pnpm/action-setup', IF_ASKED],
  ['pdm-project/setup-pdm', IF_ASKED],
  ['denoland/setup-deno', IF_ASKED],
  ['oven-sh/setup-bun', { input: 'no-cache', byDefault: true, negative: true }],
  ['ruby/setup-ruby', { input: 'bundler-cache', byDefault: false }],
  ['swatinem/rust-cache', ALWAYS],
  ['actions-rust-lang/setup-rust-toolchain', BY_DEFAULT],
  ['moonrepo/setup-rust', BY_DEFAULT],
  ['prefix-dev/setup-pixi', BY_DEFAULT],
  ['mamba-org/setup-micromamba', { input: 'cache-environment', byDefault: false }],
  ['pyo3/maturin-action', { input: 'sccache', byDefault: false }],
  ['gradle/actions/setup-gradle', { input: 'cache-disabled', byDefault: true, negative: true }],
  ['gradle/gradle-build-action', { input: 'cache-disabled', byDefault: true, negative: true }],
  ['jdx/mise-action', BY_DEFAULT],
  ['mlugg/setup-zig', { input: 'use-cache', byDefault: true }],
  ['determinatesystems/magic-nix-cache-action', ALWAYS],
  ['nix-community/cache-nix-action', ALWAYS],
  ['mozilla-actions/sccache-action', ALWAYS],
  ['hendrikmuhs/ccache-action', ALWAYS],
  ['awalsh128/cache-apt-pkgs-action', ALWAYS],
  ['hynek/setup-cached-uv', ALWAYS],
  ['bahmutov/npm-install', { input: 'useLockFile', byDefault: true }],
  ['docker/build-push-action', { input: 'cache-from', byDefault: false }],
]);

/** The cache that the step restores, or null for none. */
export function cacheUse(context: AuditContext, step: Step): CacheUse | null {
  if (step.uses === null) return null;
  const name = usesName(step.uses.reference);
  if (name === 'actions/setup-node') return setupNode(context, step, step.uses);
  const action = ACTIONS.get(name);
  if (action === undefined) return null;
  if (action.input === null) return plainCache(name, step);
  const { input } = action;
  const value = namedValue(step.inputs, input);
  const off = { input, value: action.negative === true ? 'true' : 'false' };
  if (value === null) {
    const isOn = action.byDefault && isDefault(action, step.uses);
    return isOn ? { what: `the cache of ${name}`, switch: null, off, isSure: true } : null;
  }
  const text = value.text.trim();
  const isOff = action.negative === true ? text !== 'false' : /^(?:false|)$/.test(text);
  if (isOff) return null;
  // without the input the others cache nothing
  const known = action.byDefault ? off : null;
  return { what: `the cache of ${name}`, switch: { input, value }, off: known, isSure: true };
}

function plainCache(name: string, step: Step): CacheUse | null {
  // looking up restores nothing
  if (namedValue(step.inputs, 'lookup-only')?.text === 'true') return null;
  return {
    what: name.startsWith('actions/cache') ? 'a cache' : `the cache of ${name}`,
    switch: null,
    off: null,
    isSure: true,
  };
}

/** `cache` asks for it; from version 5 on it comes by itself where the manifest names npm. */
function setupNode(context: AuditContext, step: Step, uses: Uses): CacheUse | null {
  const version = majorVersion(uses);
  const what = 'the package cache of actions/setup-node';
  const value = namedValue(step.inputs, 'cache');
  // older versions do not know the input and only warn
  const off =
    version !== null && version < 5 ? null : { input: 'package-manager-cache', value: 'false' };
  if (value !== null && value.text.trim() !== '') {
    return { what, switch: { input: 'cache', value }, off, isSure: true };
  }
  const automatic = namedValue(step.inputs, 'package-manager-cache');
  if (automatic !== null && automatic.text.trim() !== 'true') return null;
  const manifest = context.files.get('package.json')?.text ?? '';
  const manager = /"packageManager"\s*:\s*"(\w+)@|"devEngines"[^}]{0,400}"name"\s*:\s*"(npm)"/.exec(
    manifest,
  );
  const named = manager?.[1] ?? manager?.[2];
  if (version !== null && version < 5) return null;
  if (named !== 'npm' && !(version === 5 && named !== undefined)) return null;
  return { what: `${what}, which is on by itself`, switch: null, off, isSure: version !== null };
}

function isDefault(
  { defaultFrom = 0, defaultUntil = Infinity }: CachingAction,
  uses: Uses,
): boolean {
  const version = majorVersion(uses);
  // an unknown commit is taken for a new one
  if (version === null) return defaultUntil === Infinity;
  return version >= defaultFrom && version <= defaultUntil;
}

/** The major version by the ref, or by the comment behind a commit; null where neither says. */
function majorVersion({ reference, comment }: Uses): number | null {
  const ref = reference.kind === 'repository' ? (reference.ref ?? '') : '';
  const text =
    /^v?(\d+)(?:\.\d+)*$/.exec(ref)?.[1] ?? /(?:^|\s|@)v?(\d+)(?:\.\d+)*\b/.exec(comment)?.[1];
  return text === undefined || text.length > 4 ? null : Number(text);
}
