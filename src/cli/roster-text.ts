/** The roster in lines, with what needs somebody's attention. */
import type { GovernanceState } from '../core/governance-state.ts';
import { isActive, isSuspendedKey } from '../core/governance-state.ts';
import type { Person } from '../core/roster.ts';
import { decodeBase64 } from '../formats/base64.ts';
import { parseSshPublicKey, sshKeyFingerprint } from '../formats/ssh-key.ts';
import { passkeyKeyId } from '../formats/webauthn.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import type { Line } from './terminal.ts';

/** A key of a person, as people compare it. */
export interface NamedKey {
  readonly kind: 'ssh' | 'passkey';
  readonly publicKey: string;
  readonly fingerprint: string;
  /** When it begins to count; null where it does already. */
  readonly countsFrom: string | null;
  readonly suspended: boolean;
}

/** All keys of a person with their fingerprints. */
export async function keysOf(
  state: GovernanceState,
  { id, keys, passkeys = [] }: Person,
  now: string,
): Promise<readonly NamedKey[]> {
  const place = (kind: NamedKey['kind'], publicKey: string, fingerprint: string): NamedKey => {
    const from = state.countsFrom.get(`${id} ${publicKey}`) ?? null;
    return {
      kind,
      publicKey,
      fingerprint,
      countsFrom: from !== null && from > now ? from : null,
      suspended: isSuspendedKey(state, fingerprint),
    };
  };
  const ssh = keys.map(async ({ publicKey }) =>
    place('ssh', publicKey, await sshKeyFingerprint(parseSshPublicKey(publicKey), nodeCrypto)),
  );
  const web = passkeys.map(async ({ publicKey }) => {
    const bytes = decodeBase64(publicKey, 'the passkey', 'malformed-document');
    return place('passkey', publicKey, await passkeyKeyId(bytes, nodeCrypto));
  });
  return Promise.all([...ssh, ...web]);
}

/** A person of the roster with everything that is to be known of them. */
export interface ShownPerson {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly keys: readonly NamedKey[];
  readonly accounts: Person['accounts'];
  /** Who suspended them, or null. */
  readonly suspendedBy: string | null;
}

export async function showPeople(
  state: GovernanceState,
  now: string,
): Promise<readonly ShownPerson[]> {
  return Promise.all(
    state.roster.people.map(async (one) => ({
      id: one.id,
      name: one.name,
      groups: one.groups,
      keys: await keysOf(state, one, now),
      accounts: one.accounts ?? [],
      suspendedBy: isActive(state, one.id)
        ? null
        : (state.suspended.get(`person ${one.id}`) ?? null),
    })),
  );
}

/** Lines for each person, key and account. */
export function describePeople(people: readonly ShownPerson[]): readonly Line[] {
  return people.flatMap((one): readonly Line[] => [
    { style: 'strong', text: `${one.id} (${one.name}), ${one.groups.join(', ') || 'no groups'}` },
    ...(one.suspendedBy === null
      ? []
      : [{ style: 'bad', text: `  suspended by ${one.suspendedBy}` } as const]),
    ...one.keys.map(describeKey),
    ...(one.accounts ?? []).map(({ issuer, id }) => `  account  ${id} at ${issuer}`),
    ...(one.keys.length < 2
      ? [
          {
            style: 'bad',
            text: '  has one key only: losing it takes two others to mend; enrol a second on another device',
          } as const,
        ]
      : []),
  ]);
}

function describeKey({ kind, fingerprint, countsFrom, suspended }: NamedKey): Line {
  const text = `  ${kind === 'ssh' ? 'key    ' : 'passkey'}  ${fingerprint}`;
  if (suspended) return { style: 'bad', text: `${text}, suspended` };
  return countsFrom === null ? text : `${text}, too new: counts from ${countsFrom} on`;
}

/** What is out of the ordinary: suspended keys of nobody, a recovery that waits, breaks. */
export function describeStanding(state: GovernanceState, delaySeconds: number): readonly Line[] {
  const { recovery, breaks } = state;
  return [
    ...[...state.suspended].map(
      ([subject, by]): Line => ({ style: 'bad', text: `suspended  ${subject}, by ${by}` }),
    ),
    ...(recovery === null ? [] : describeWaiting(recovery, delaySeconds)),
    ...breaks.map(
      (one): Line => ({
        style: 'bad',
        text: `break      refounded from outside at entry ${one.index}, ${one.at}: ${one.reason}`,
      }),
    ),
  ];
}

function describeWaiting(
  { digest, at }: NonNullable<GovernanceState['recovery']>,
  delaySeconds: number,
): readonly Line[] {
  const end = new Date(Date.parse(at) + delaySeconds * 1000).toISOString();
  return [
    {
      style: 'bad',
      text: `recovery   ${digest} waits until ${end}, and then replaces roster or rules`,
    },
    '           any member ends it: countersign recovery veto --reason TEXT',
  ];
}
