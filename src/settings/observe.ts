/** Everything that can be seen of a repository and its packages, in one call. */
import type { Secret } from '../host/secret.ts';
import type {
  ForgeSettings,
  ObservedPackage,
  ObservedPin,
  ObservedSettings,
} from '../posture/settings.ts';
import { createGithubSettings } from './github.ts';
import { observeGithubPins, type PinToObserve } from './github-pins.ts';
import { createGitlabSettings } from './gitlab.ts';
import { createNpmSettings, type NpmObserver } from './npm-package.ts';
import { createPypiSettings, type PypiObserver } from './pypi-project.ts';
import type { SettingsDeps } from './settings-call.ts';
import { unseenForge, unseenNpmPackage, unseenPypiProject } from './unseen.ts';

/** The APIs of the public forges, for whoever configures none (docs/posture-settings.md). */
const PUBLIC_FORGE_APIS = {
  github: 'https://api.github.com/',
  gitlab: 'https://gitlab.com/api/v4/',
} as const;

/** `apiUrl` null: the public forge's. `token` null: what everyone may see. */
export interface ForgeToObserve {
  readonly forge: 'github' | 'gitlab';
  readonly repository: string;
  readonly apiUrl: string | null;
  readonly token: Secret | null;
}

/** `registry` null: nobody said where it is, so that nothing is asked. */
export interface PackageToObserve {
  readonly ecosystem: 'npm' | 'pypi';
  readonly name: string;
  readonly registry: string | null;
  readonly token: Secret | null;
}

/** `onStart` hears what is looked at next: the repository, then each package by name. */
export interface ObserveDeps extends SettingsDeps {
  readonly onStart?: (what: string) => void;
}

/**
 * Observes a repository (null: there is none to ask about) and packages, one after the other.
 * Throws `unauthenticated` for a token that its host does not take, `config-invalid` for an address
 * that may not be one, `malformed-name` for a repository that is none. What could not be seen for
 * any other reason is `unverified` in the answer.
 */
export async function observeSettings(
  forge: ForgeToObserve | null,
  packages: readonly PackageToObserve[],
  deps: ObserveDeps,
): Promise<ObservedSettings> {
  const observedAt = deps.now();
  const seenForge = await observeForge(forge, deps);
  const seenPackages: ObservedPackage[] = [];
  const registries = createRegistries(deps);
  for (const wanted of packages) {
    deps.onStart?.(wanted.name);
    seenPackages.push(await registries.observe(wanted));
  }
  return { observedAt, forge: seenForge, packages: seenPackages };
}

/**
 * Which of `pins` are on a branch or tag of their own repository, by the API of GitHub. Throws
 * `unauthenticated` for a token that is not taken.
 */
export function observePins(
  forge: Pick<ForgeToObserve, 'apiUrl' | 'token'>,
  pins: readonly PinToObserve[],
  deps: ObserveDeps,
): Promise<readonly ObservedPin[]> {
  const { apiUrl, token } = forge;
  deps.onStart?.('the actions that are pinned');
  return observeGithubPins({ ...deps, baseUrl: apiUrl ?? PUBLIC_FORGE_APIS.github, token }, pins);
}

async function observeForge(
  wanted: ForgeToObserve | null,
  deps: ObserveDeps,
): Promise<ForgeSettings> {
  if (wanted === null) return unseenForge('github', '', 'not asked: no repository is named');
  const { forge, repository, token } = wanted;
  deps.onStart?.(repository);
  const create = forge === 'github' ? createGithubSettings : createGitlabSettings;
  const baseUrl = wanted.apiUrl ?? PUBLIC_FORGE_APIS[forge];
  return create({ ...deps, baseUrl, token }).observe(repository);
}

/** One observer a registry and token, so that a rate limit of one is heeded for all its packages. */
function createRegistries(deps: ObserveDeps) {
  const npm = new Map<string, Map<Secret | null, NpmObserver>>();
  const pypi = new Map<string, Map<Secret | null, PypiObserver>>();
  return {
    async observe(wanted: PackageToObserve): Promise<ObservedPackage> {
      const { ecosystem, name, registry, token } = wanted;
      if (registry === null) {
        const unseen = ecosystem === 'npm' ? unseenNpmPackage : unseenPypiProject;
        return unseen(name, '', 'not asked: no registry is configured for it');
      }
      const options = { ...deps, registry, token };
      return ecosystem === 'npm'
        ? kept(npm, wanted, () => createNpmSettings(options)).observe(name)
        : kept(pypi, wanted, () => createPypiSettings(options)).observe(name);
    },
  };
}

function kept<T>(
  all: Map<string, Map<Secret | null, T>>,
  { registry, token }: PackageToObserve,
  create: () => T,
): T {
  const byToken = all.get(registry ?? '') ?? new Map<Secret | null, T>();
  all.set(registry ?? '', byToken);
  const known = byToken.get(token) ?? create();
  byToken.set(token, known);
  return known;
}
