/** Per package, everybody and everything that could publish it without the gateway. */
import { repositoryPackages } from './publish/package-name.ts';
import { isBehindGateway, type ReleaseAct, releaseActs } from './publish/release-act.ts';
import { accountsOf, modeOf, publisherName, publishersOf } from './registry-view.ts';
import type { UpstreamMode } from './repository.ts';
import type { AuditContext } from './rule.ts';
import { isRegistrySecret } from './secret-use.ts';
import type { ForgeSettings, Observation, ObservedPackage, TrustedPublisher } from './settings.ts';

/** `name` says who or what it is, `how` what it can do, in a clause; '' where the kind says it. */
export interface WayAround {
  readonly kind: 'account' | 'token' | 'publisher' | 'job' | 'secret';
  readonly name: string;
  readonly how: string;
}

/** `mode` null: the gateway does not release it. `unseen`: what could not be looked at, and why. */
export interface PackageWays {
  readonly ecosystem: string;
  readonly name: string;
  readonly mode: UpstreamMode | null;
  readonly ways: readonly WayAround[];
  readonly unseen: readonly string[];
}

/** Packages of the gateway first, then of settings, then of manifests; each once. */
export function waysAround(context: AuditContext): readonly PackageWays[] {
  const secrets = registrySecrets(context);
  return packagesOf(context).map(({ ecosystem, name }) => {
    const mode = modeOf(context, { ecosystem, name });
    const seen = context.settings?.packages.find(
      (one) => one.ecosystem === ecosystem && one.name === name,
    );
    const registry = seen === undefined ? nothing(context) : registryWays(seen, mode);
    return {
      ecosystem,
      name,
      mode,
      ways: [
        ...registry.ways,
        ...jobWays(context, ecosystem, name),
        ...secrets.ways.filter((one) => ecosystemOf(one.name) === ecosystem),
      ],
      unseen: [...registry.unseen, ...secrets.unseen],
    };
  });
}

interface Ways {
  readonly ways: readonly WayAround[];
  readonly unseen: readonly string[];
}

function packagesOf(context: AuditContext) {
  const all = [
    ...(context.gateway?.packages ?? []),
    ...(context.settings?.packages ?? []),
    ...repositoryPackages(context).filter((one) => !one.isPrivate),
  ];
  const named = all.map(({ ecosystem, name }) => ({ ecosystem, name }));
  return [...new Map(named.map((one) => [`${one.ecosystem} ${one.name}`, one])).values()];
}

function nothing({ settingsMissing }: AuditContext): Ways {
  const why = settingsMissing === '' ? 'its registry was not asked' : settingsMissing;
  return { ways: [], unseen: [`accounts, tokens and trusted publishers: ${why}`] };
}

function registryWays(one: ObservedPackage, mode: UpstreamMode | null): Ways {
  const parts = [
    gather('accounts', accountsOf(one), (name): WayAround => ({ kind: 'account', name, how: '' })),
    gather('trusted publishers', publishersOf(one), (publisher) => publisherWay(publisher, mode)),
    ...(one.ecosystem === 'npm'
      ? [
          gather('tokens', one.tokens, (token): WayAround | null =>
            token.readOnly
              ? null
              : {
                  kind: 'token',
                  name: token.name,
                  how:
                    token.expiresAt === null
                      ? 'never ends'
                      : `until ${token.expiresAt.slice(0, 10)}`,
                },
          ),
        ]
      : []),
  ];
  return {
    ways: parts.flatMap((part) => part.ways),
    unseen: parts.flatMap((part) => part.unseen),
  };
}

function gather<T>(
  what: string,
  part: Observation<readonly T[]>,
  make: (one: T) => WayAround | null,
): Ways {
  if (part.kind === 'unverified') return { ways: [], unseen: [`${what}: ${part.reason}`] };
  return { ways: part.value.flatMap((one) => make(one) ?? []), unseen: [] };
}

/** Null for one that only does what the gateway's mode asks of CI. */
function publisherWay(publisher: TrustedPublisher, mode: UpstreamMode | null): WayAround | null {
  const publishes = publisher.may.includes('publish');
  if (mode === 'ci' || (mode === 'stage-by-ci' && !publishes)) return null;
  const where = publisher.environment === null ? 'no environment' : publisher.environment;
  const what = publishes ? 'publishes' : 'stages';
  return { kind: 'publisher', name: publisherName(publisher), how: `${what}, in ${where}` };
}

function jobWays(context: AuditContext, ecosystem: string, name: string): readonly WayAround[] {
  const isAbout = ({ act, gated }: ReleaseAct): boolean =>
    act.ecosystem === ecosystem && (gated.length === 0 || gated.some((one) => one.name === name));
  return releaseActs(context)
    .filter((one) => one.destination === 'public' || one.destination === 'unknown')
    .filter((one) => isAbout(one) && !isBehindGateway(one))
    .map(({ power, act }) => ({
      kind: 'job',
      name: `${power.job.id} in ${power.workflow.source.path}`,
      how: [
        `${act.kind === 'stage' ? 'stages' : 'publishes'} with ${act.tool}`,
        ...new Set(power.registrySecrets.map((use) => `secret ${use.name.toUpperCase()}`)),
        ...(power.mintsIdentity ? ['its identity'] : []),
      ].join(', '),
    }));
}

/** Secrets that are called as those of registries, wherever the forge keeps them. */
function registrySecrets({ settings }: AuditContext): Ways {
  if (settings === null) return { ways: [], unseen: [] };
  const { secrets, environments } = settings.forge;
  const places: [string, ForgeSettings['secrets']['repository']][] = [
    ['the repository', secrets.repository],
    ['the organisation', secrets.organization],
  ];
  if (environments.kind === 'observed' && settings.forge.forge === 'github') {
    places.push(
      ...environments.value.map((one): (typeof places)[number] => [
        `environment "${one.name}"`,
        one.secrets,
      ]),
    );
  }
  const parts = places.map(([where, part]) =>
    gather(`secrets of ${where}`, part, ({ name }): WayAround | null =>
      isRegistrySecret(name) ? { kind: 'secret', name, how: `of ${where}` } : null,
    ),
  );
  return {
    ways: parts.flatMap((part) => part.ways),
    unseen: parts.flatMap((part) => part.unseen),
  };
}

function ecosystemOf(secret: string): string {
  return /pypi|twine|uv_|flit|poetry|hatch|pdm|maturin/i.test(secret) ? 'pypi' : 'npm';
}
