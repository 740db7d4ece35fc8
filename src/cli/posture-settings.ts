/** What `posture --observe` asks of whom: the forge of the repository, the registries of its packages. */
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { discover } from '../host/discover.ts';
import { Secret } from '../host/secret.ts';
import { pinnedUses } from '../posture/pinned-uses.ts';
import type { GatewayFacts } from '../posture/repository.ts';
import type { AuditContext } from '../posture/rule.ts';
import type { ObservedPin, ObservedSettings } from '../posture/settings.ts';
import type { ForgeToObserve, ObserveDeps, PackageToObserve } from '../settings/observe.ts';
import type { CommandContext } from './command.ts';

/** The settings, or why there are none. */
export interface SeenSettings {
  readonly settings: ObservedSettings | null;
  /** One clause; '' where there are settings. */
  readonly missing: string;
  /** The settings with whose commits actions are pinned to; `read` gives the workflows. */
  readonly withPins: (read: () => AuditContext) => Promise<ObservedSettings | null>;
}

export interface ObserveOptions {
  /** The repository's folder. */
  readonly root: string;
  /** `owner/name`, where a person named one. */
  readonly repository?: string;
  readonly gateway: GatewayFacts | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PUBLIC_HOSTS = { 'github.com': 'github', 'gitlab.com': 'gitlab' } as const;

/** Asks forge and registries. Throws `unauthenticated` for a token that its host does not take. */
export async function observe(
  context: CommandContext,
  options: ObserveOptions,
): Promise<SeenSettings> {
  const { host } = context;
  const { repository: remote, packages } = await discover(options.root);
  const forge = chooseForge(host.env, options.repository ?? null, remote);
  if (typeof forge === 'string') {
    return { settings: null, missing: forge, withPins: async () => null };
  }
  const npmRegistry = await askNpmClient(host.env['PATH'] ?? '');
  const token = secretOf(host.env['COUNTERSIGN_NPM_TOKEN']);
  const wanted = choosePackages(
    options.gateway,
    packages.filter((one) => !one.private),
  ).map(({ ecosystem, name, registry: configured }): PackageToObserve => {
    const own = ecosystem === 'npm' ? npmRegistry : (host.env['COUNTERSIGN_PYPI_INDEX'] ?? null);
    const registry = configured ?? own;
    const isTrusted = ecosystem === 'npm' && isSameOrigin(registry, npmRegistry);
    return { ecosystem, name, registry, token: isTrusted ? token : null };
  });
  const { observeSettings } = await import('../settings/observe.ts');
  const settings = await observeSettings(forge, wanted, depsOf(context));
  return { settings, missing: '', withPins: createPinObserver(context, forge, settings) };
}

/** Asks of GitHub alone, where such actions are; the same commits once. */
function createPinObserver(
  context: CommandContext,
  forge: ForgeToObserve,
  settings: ObservedSettings,
): SeenSettings['withPins'] {
  let asked = '';
  let found: readonly ObservedPin[] = [];
  return async (read) => {
    if (forge.forge !== 'github') return settings;
    const pins = pinnedUses(read()).map(({ repository, commit }) => ({ repository, commit }));
    const key = JSON.stringify(pins);
    if (key !== asked) {
      const { observePins } = await import('../settings/observe.ts');
      found = await observePins(forge, pins, depsOf(context));
      asked = key;
    }
    return { ...settings, pins: found };
  };
}

function depsOf({ host, terminal }: CommandContext): ObserveDeps {
  return {
    now: host.now,
    sleep: (ms) => host.sleep(ms),
    onStart: (what) => terminal.progress(`looking at the settings of ${what}`),
  };
}

/**
 * Whether a registry is the one of this machine's npm client. The audited repository names
 * registries too, and may be anybody's: no token goes where only it points.
 */
export function isSameOrigin(registry: string | null, own: string | null): boolean {
  if (registry === null || own === null) return false;
  const origin = URL.parse(registry)?.origin;
  return origin !== undefined && origin === URL.parse(own)?.origin;
}

/** The forge to ask, or in one clause why none can be: a token goes to no host that nobody named. */
export function chooseForge(
  env: Environment,
  named: string | null,
  remote: string | null,
): ForgeToObserve | string {
  const [host = '', ...path] = (remote ?? '').split('/');
  const known = (PUBLIC_HOSTS as Readonly<Record<string, 'github' | 'gitlab'>>)[host];
  const isGitlab = known === undefined ? env['CI_API_V4_URL'] !== undefined : known === 'gitlab';
  const forge = isGitlab ? 'gitlab' : 'github';
  const apiUrl = env[isGitlab ? 'CI_API_V4_URL' : 'GITHUB_API_URL'] ?? null;
  const fromCi = env[isGitlab ? 'CI_PROJECT_PATH' : 'GITHUB_REPOSITORY'];
  const repository = named ?? (path.length > 0 ? path.join('/') : fromCi);
  if (repository === undefined)
    return 'no repository is named: --repository owner/name, or a git remote';
  if (known === undefined && apiUrl === null && host !== '') {
    return `nobody says where the API of ${host} is: set GITHUB_API_URL or CI_API_V4_URL`;
  }
  const variable = isGitlab ? 'GITLAB_TOKEN' : 'GITHUB_TOKEN';
  const token = secretOf(env['COUNTERSIGN_FORGE_TOKEN'] ?? env[variable]);
  return { forge, repository, apiUrl, token };
}

interface WantedPackage {
  readonly ecosystem: 'npm' | 'pypi';
  readonly name: string;
  readonly registry: string | null;
}

/** Those that the gateway releases; without one, those of the folder. */
function choosePackages(
  gateway: GatewayFacts | null,
  found: readonly { readonly ecosystem: 'npm' | 'pypi'; readonly name: string }[],
): readonly WantedPackage[] {
  if (gateway === null) return found.map((one) => ({ ...one, registry: null }));
  return gateway.packages.flatMap(({ ecosystem, name, registry }) =>
    ecosystem === 'npm' || ecosystem === 'pypi'
      ? [{ ecosystem, name, registry: registry ?? null }]
      : [],
  );
}

/** The registry of this machine's npm client, asked outside of the repository; null without npm. */
async function askNpmClient(path: string): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const options = { cwd: tmpdir(), timeout: 20_000, env: { PATH: path } };
  // without npm on this machine, what it would have shown is unverified
  execFile('npm', ['config', 'get', 'registry'], options, (error, stdout) => {
    resolve(error === null && URL.canParse(stdout.trim()) ? stdout.trim() : null);
  });
  return promise;
}

function secretOf(text: string | undefined): Secret | null {
  return text === undefined || text === '' ? null : new Secret(text);
}
