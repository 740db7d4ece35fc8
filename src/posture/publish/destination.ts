/**
 * Where an act puts a package: what the command line says, then the environment, then what set-up
 * actions and earlier commands configured, then the repository's own files.
 */
import type { AuditContext } from '../rule.ts';
import { commandText, stepCommands } from '../step-command.ts';
import { usesName } from '../uses-reference.ts';
import { type NamedValue, namedValue, type Step } from '../workflow.ts';
import type { PublishAct } from './publish-act.ts';
import type { JobPower } from './publish-path.ts';

/**
 * `public`: a registry that everybody installs from; `forge`: the forge's own; `test`: a rehearsal;
 * `other`: somebody's own registry; `unknown`: decided by a variable that files do not show.
 */
export type Destination = 'public' | 'gateway' | 'forge' | 'test' | 'other' | 'unknown';

const VARIABLES = {
  npm: /^(?:npm_config_registry|npm_registry|yarn_npm_publish_registry|yarn_npm_registry_server|npm_registry_server|pnpm_registry)$/,
  pypi: /^(?:twine_repository_url|twine_repository|uv_publish_url|uv_publish_index|pdm_publish_repo|flit_index_url|hatch_index_repo|maturin_repository_url|maturin_repository)$/,
  other: /^(?:rubygems_host|cargo_registry_default)$/,
} as const;

/** Where the act of the job goes. */
export function destinationOf(
  context: AuditContext,
  power: JobPower,
  act: PublishAct,
): Destination {
  const written =
    act.registry ?? fromEnvironment(power, act) ?? fromSteps(power, act) ?? fromFiles(context, act);
  return classifyRegistry(written, context.gateway?.origin ?? null);
}

/** What kind of registry an address or the name of one means; the client's own for null. */
export function classifyRegistry(written: string | null, gateway: string | null): Destination {
  const text = (written ?? '').trim().toLowerCase();
  if (text === '') return 'public';
  if (gateway !== null && isUnder(text, gateway.toLowerCase().replace(/\/+$/, '')))
    return 'gateway';
  if (/test[-_.]?pypi|localhost|127\.0\.0\.1|verdaccio/.test(text)) return 'test';
  const host = /^(?:https?:)?\/\/([^/]*)/.exec(text)?.[1] ?? text;
  // the forge's own address, as its pipelines write it
  if (/\bci_(?:api_v4|server)_/.test(host)) return 'forge';
  if (/\bpkg\.github\b|^ghcr\.|\bgitlab\b/.test(host)) return 'forge';
  if (/\bnpmjs\b|\byarnpkg\b|(?:^|\.)pypi\b|^docker\.io|\brubygems\b|\bcrates\.io/.test(host))
    return 'public';
  return /\$|\{\{/.test(host) ? 'unknown' : 'other';
}

/** A longer host that begins like the gateway's is somebody else's. */
function isUnder(text: string, origin: string): boolean {
  if (origin === '' || !text.startsWith(origin)) return false;
  return text.length === origin.length || text[origin.length] === '/';
}

function fromEnvironment(power: JobPower, act: PublishAct): string | null {
  const pattern = VARIABLES[act.ecosystem];
  for (const values of [act.step.env, power.job.env, power.workflow.env]) {
    const found = values.find((one) => pattern.test(one.name.toLowerCase()));
    if (found !== undefined) return found.value.text;
  }
  return null;
}

/** The last that was said before the act counts. */
function fromSteps(power: JobPower, act: PublishAct): string | null {
  let found: string | null = null;
  for (const step of power.job.steps) {
    found = registryOfStep(step, act) ?? found;
    if (step === act.step) break;
  }
  return found;
}

function registryOfStep(step: Step, act: PublishAct): string | null {
  const name = step.uses === null ? '' : usesName(step.uses.reference);
  const assigned = assignedRegistry(step, act);
  if (assigned !== null) return assigned;
  if (act.ecosystem === 'npm') {
    if (name === 'actions/setup-node') return inputText(step.inputs, 'registry-url');
    return npmConfigured(step);
  }
  if (act.tool.startsWith('docker')) {
    const tags = step === act.step ? inputText(step.inputs, 'tags') : null;
    const isLogin = name === 'docker/login-action';
    return tags?.trim().split(/[\s,]/)[0] ?? (isLogin ? inputText(step.inputs, 'registry') : null);
  }
  return null;
}

/** `export TWINE_REPOSITORY_URL=...`, or the same before the command itself. */
function assignedRegistry(step: Step, act: PublishAct): string | null {
  const pattern = VARIABLES[act.ecosystem];
  for (const { words, assignments } of stepCommands(step)) {
    const exported = words[0]?.text === 'export' ? words.slice(1).map((word) => word.text) : [];
    const pairs = [...assignments, ...exported.map((text) => text.split(/=(.*)/s, 2))];
    const found = pairs.find(([name = '']) => pattern.test(name.toLowerCase()));
    if (found !== undefined) return found[1] ?? null;
  }
  return null;
}

function npmConfigured(step: Step): string | null {
  for (const command of stepCommands(step)) {
    const text = commandText(command);
    const match =
      /^(?:npm|pnpm|yarn)(?: config)? set (?:--\S+ )*(?:@[\w-]+:)?(?:registry|npmRegistryServer|npmPublishRegistry)[ =](\S+)/.exec(
        text,
      ) ?? /^(?:echo|printf) (?:-\S+ )?(?:@[^\s:=]+:)?registry=([^\s\\]+)/.exec(text);
    if (match !== null) return match[1] ?? null;
  }
  return null;
}

function inputText(values: readonly NamedValue[], name: string): string | null {
  const text = namedValue(values, name)?.text.trim() ?? '';
  return text === '' ? null : text;
}

function fromFiles(context: AuditContext, act: PublishAct): string | null {
  if (act.ecosystem !== 'npm') return null;
  const folder = (act.step.workingDirectory?.text ?? '').replace(/^\.\/|\/+$/g, '');
  const under = (name: string): string =>
    folder === '' || folder === '.' ? name : `${folder}/${name}`;
  const manifest = context.files.get(under('package.json'))?.text ?? '';
  const own = /"publishConfig"\s*:\s*\{[^{}]*"registry"\s*:\s*"([^"]*)"/.exec(manifest)?.[1];
  const settings = context.files.get('.npmrc')?.text ?? '';
  return own ?? /^\s*registry\s*=\s*(\S+)/m.exec(settings)?.[1] ?? null;
}
