/** What every gate of the tests is founded on: alice, bob, carol and a bot, and their rules. */
import type { Genesis, Trust } from '../src/core/genesis.ts';
import type { PersonId, Sha256 } from '../src/core/names.ts';
import type { PolicyDocument } from '../src/core/policy.ts';
import type {
  CiConfig,
  PasskeysConfig,
  PolicyConfig,
  ProjectConfig,
  RulesConfig,
} from '../src/core/policy-config.ts';
import type { Account, Passkey } from '../src/core/roster.ts';
import { encodeInstanceStatement, sha256Hex } from '../src/evidence/signed-statement.ts';
import { encodeCanonical } from '../src/formats/canonical.ts';
import { decodeUtf8, encodeUtf8 } from '../src/formats/text.ts';
import { foundInstance } from '../src/gateway/found.ts';
import type { Clock, Store } from '../src/gateway/ports.ts';
import { systemRandomness } from '../src/host/clock.ts';
import { nodeCrypto } from '../src/host/node-crypto.ts';
import { createPublisherFolder, writeTrustFile } from '../src/publisher/folder.ts';
import { createTestKey, type TestKey } from './ssh-fixture.ts';

export const PEOPLE = {
  alice: ['release-managers'],
  bob: ['security-team'],
  carol: ['release-managers', 'security-team'],
} as const;
export type Name = keyof typeof PEOPLE | 'robot';

export const NPM_NAME = '@aitbc/explorer-web';
export const PYPI_NAME = 'aitbc-agent-sdk';

export interface GateOptions {
  readonly npmUrl: string;
  readonly npmToken: string;
  /** Null leaves the Python package out. */
  readonly pypiUrl: string | null;
  readonly pypiPassword?: string;
  readonly policy?: PolicyConfig;
  readonly extraPolicies?: Readonly<Record<string, PolicyConfig>>;
  readonly packages?: readonly { readonly name: string; readonly ecosystem: string }[];
  /** CI that may ask, and whose accounts at its issuer are whose. */
  readonly ci?: readonly CiConfig[];
  readonly accounts?: Accounts;
  readonly project?: Pick<ProjectConfig, 'ci' | 'source' | 'provenance'>;
  readonly clock?: () => string;
  /** Address that people use; by default one that nobody can call. */
  readonly origin?: string;
  /** Where passkeys approve, and whose there are from the beginning. */
  readonly passkeys?: PasskeysConfig;
  readonly passkeysOf?: FoundersPasskeys;
  readonly recovery?: Genesis['recovery'];
}

/** What founders have beside their SSH keys. */
export type FoundersPasskeys = Partial<Record<Name, { readonly passkeys: readonly Passkey[] }>>;

export type Accounts = Readonly<Partial<Record<Name, readonly Account[]>>>;

/** The signed half of countersign.yaml. */
export function rulesOf(options: GateOptions): RulesConfig {
  const { npmUrl, pypiUrl } = options;
  return {
    ...(options.passkeys && { passkeys: options.passkeys }),
    upstreams: {
      npm: { ecosystem: 'npm', url: npmUrl, mode: 'publish', credential: 'npm-token' },
      ...(pypiUrl === null
        ? {}
        : {
            python: {
              ecosystem: 'pypi',
              url: pypiUrl,
              mode: 'publish',
              credential: 'pypi-token',
            } as const,
          }),
    },
    projects: {
      aitbc: {
        repository: 'github.com/example/aitbc',
        packages: (
          options.packages ?? [
            { name: NPM_NAME, ecosystem: 'npm' },
            ...(pypiUrl === null ? [] : [{ name: PYPI_NAME, ecosystem: 'pypi' }]),
          ]
        ).map((one) => ({ ...one, upstream: one.ecosystem === 'npm' ? 'npm' : 'python' })),
        policies: [...Object.keys(options.extraPolicies ?? {}), 'strict'],
        ...(options.ci === undefined ? {} : { ci: options.ci }),
        ...options.project,
      },
    },
    policies: {
      ...options.extraPolicies,
      strict: {
        tag: 'v[0-9]+.[0-9]+.[0-9]+',
        confirm: 'release',
        source: 'asserted',
        approvals: { minimum: 2, groups: { 'security-team': 1, 'release-managers': 1 } },
        ...options.policy,
      },
    },
  };
}

export interface Founding {
  readonly keys: Readonly<Record<Name, TestKey>>;
  readonly genesis: Genesis;
  readonly document: string;
  readonly digest: Sha256;
  readonly trust: Trust;
}

/** Makes everybody's keys and the publisher's folder, and founds the instance in `store`. */
export async function found(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly publisherFolder: string;
  readonly policy: PolicyDocument;
  readonly passkeysOf?: FoundersPasskeys | undefined;
  readonly accounts?: Accounts | undefined;
  readonly recovery?: Genesis['recovery'] | undefined;
}): Promise<Founding> {
  const { store, clock, publisherFolder, policy, recovery, accounts = {} } = options;
  const accountsOf = (name: Name) => {
    const list = accounts[name];
    return list === undefined ? {} : { accounts: list };
  };
  const names = [...Object.keys(PEOPLE), 'robot'];
  const keys = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await createTestKey()] as const)),
  ) as Record<Name, TestKey>;
  const publicKeys = await createPublisherFolder(
    nodeCrypto,
    publisherFolder,
    'release.example.com/log',
  );
  const genesis: Genesis = {
    schema: 'countersign/genesis/v1',
    name: 'example',
    foundedAt: clock.now(),
    roster: {
      schema: 'countersign/roster/v1',
      version: 1,
      previous: null,
      people: Object.entries(PEOPLE).map(([id, groups]) => ({
        id: id as PersonId,
        name: id,
        groups: [...groups],
        keys: [{ kind: 'ssh', publicKey: keys[id as Name].publicKey }],
        ...options.passkeysOf?.[id as Name],
        ...accountsOf(id as Name),
      })),
      bots: [
        {
          id: 'robot' as PersonId,
          keys: [{ kind: 'ssh', publicKey: keys.robot.publicKey }],
          ...accountsOf('robot'),
        },
      ],
    },
    policy,
    keys: publicKeys,
    ...(recovery === undefined ? {} : { recovery }),
  };
  const document = decodeUtf8(encodeCanonical(genesis));
  const digest = await sha256Hex(nodeCrypto, encodeUtf8(document));
  const founding = Object.keys(PEOPLE).map((id) =>
    keys[id as Name].sign(
      'genesis',
      encodeInstanceStatement('genesis', digest, {
        schema: 'countersign/founding/v1',
        genesis: digest,
        person: id,
      }),
    ),
  );
  const deps = { store, clock, crypto: nodeCrypto, random: systemRandomness };
  await foundInstance(deps, document, founding);
  const trust: Trust = {
    schema: 'countersign/trust/v1',
    genesis: digest,
    ledger: publicKeys.ledger,
    witnesses: { quorum: 0, keys: [] },
    note: null,
  };
  await writeTrustFile(publisherFolder, trust);
  return { keys, genesis, document, digest, trust };
}
