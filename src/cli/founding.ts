/**
 * The founding of an instance, in steps that may happen on different machines: keys, draft, one
 * signature by each founder, and at the end the genesis and the trust file.
 */
import { parseDuration } from '../core/duration.ts';
import { CountersignError } from '../core/errors.ts';
import {
  type Founding,
  type Genesis,
  genesis as genesisReader,
  type Trust,
} from '../core/genesis.ts';
import { isPersonId, type PersonId } from '../core/names.ts';
import type { PolicyDocument } from '../core/policy.ts';
import { isQuorumReachable } from '../core/quorum.ts';
import type { Person } from '../core/roster.ts';
import { readGenesis } from '../evidence/founding.ts';
import { encodeInstanceStatement, type SignedStatement } from '../evidence/signed-statement.ts';
import { encodeCanonical } from '../formats/canonical.ts';
import { formatSshPublicKey } from '../formats/ssh-key.ts';
import { decodeUtf8 } from '../formats/text.ts';
import type { Config } from '../host/config.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import type { SshSigner } from './ssh-sign.ts';
import { requireSigner, signStatement } from './statement.ts';

/** One founder as written on the command line: `id:Name:group,group:keyfile`. */
export interface FounderWords {
  readonly id: PersonId;
  readonly name: string;
  readonly groups: readonly string[];
  readonly keyFile: string;
}

/** Throws `usage` for another form. The key file comes last, since a path may hold colons. */
export function parseFounder(text: string): FounderWords {
  const [id = '', name = '', groups = '', ...path] = text.split(':');
  const keyFile = path.join(':');
  const list = groups.split(',').filter((one) => one !== '');
  if (isPersonId(id) && name.trim() !== '' && keyFile !== '') {
    return { id, name: name.trim(), groups: list, keyFile };
  }
  throw new CountersignError(
    'usage',
    `expected id:Name:group,group:keyfile, found ${text.slice(0, 200)}`,
    { hint: 'for example alice:Alice:security-team:alice.pub' },
  );
}

/** The log's origin: host and port of the gateway, then `/log`. */
export function ledgerOrigin(config: Config): string {
  return `${new URL(config.gateway.origin).host}/log`;
}

/** A roster person of a founder; the key comes from the file's public half. */
export async function readFounder(founder: FounderWords, signer: SshSigner): Promise<Person> {
  const publicKey = formatSshPublicKey(await signer.publicKey());
  return {
    id: founder.id,
    name: founder.name,
    groups: founder.groups,
    keys: [{ kind: 'ssh', publicKey }],
  };
}

/** What people write about recovery on the command line. */
interface RecoveryWords {
  readonly recoveryKey: readonly string[];
  readonly recoveryThreshold: string;
  readonly recoveryDelay: string;
}

/** The recovery that the genesis will name; undefined without keys. Throws `usage`. */
export async function readRecoveryRule(
  words: RecoveryWords,
  signer: (keyFile: string) => SshSigner,
): Promise<Genesis['recovery']> {
  if (words.recoveryKey.length === 0) return undefined;
  const threshold = Number(words.recoveryThreshold);
  const delaySeconds = parseDuration(words.recoveryDelay) ?? 0;
  if (!Number.isInteger(threshold) || !(threshold >= 2 && threshold <= words.recoveryKey.length)) {
    throw new CountersignError(
      'usage',
      `expected --recovery-threshold from 2 to the number of keys (${words.recoveryKey.length}), found ${words.recoveryThreshold}`,
    );
  }
  if (delaySeconds < 86_400 || delaySeconds > 90 * 86_400) {
    throw new CountersignError(
      'usage',
      `expected --recovery-delay from 1d to 90d, found ${words.recoveryDelay}`,
    );
  }
  const keys: string[] = [];
  for (const file of words.recoveryKey) {
    keys.push(formatSshPublicKey(await signer(file).publicKey()));
  }
  return { threshold, keys, delaySeconds };
}

/**
 * The document that every founder will sign, as canonical JSON. Throws `quorum-unreachable` for
 * fewer than two people or a policy that nobody could ever meet, `malformed-document` for people
 * or keys that stand twice.
 */
export async function draftGenesis(
  config: Config,
  {
    keys,
    people,
    recovery,
  }: {
    readonly keys: Genesis['keys'];
    readonly people: readonly Person[];
    readonly recovery: Genesis['recovery'] | undefined;
  },
  now: string,
): Promise<string> {
  const policy: PolicyDocument = {
    schema: 'countersign/policy/v1',
    version: 1,
    previous: null,
    ...config.proposal,
  };
  requireQuorums(policy, people);
  const document = genesisReader(
    {
      schema: 'countersign/genesis/v1',
      name: new URL(config.gateway.origin).host,
      foundedAt: now,
      roster: { schema: 'countersign/roster/v1', version: 1, previous: null, people, bots: [] },
      policy,
      keys,
      ...(recovery === undefined ? {} : { recovery }),
    },
    'genesis',
  );
  const text = decodeUtf8(encodeCanonical(document));
  await readGenesis(nodeCrypto, text);
  return text;
}

/** With `requester: excluded` somebody beside the quorum must open the release. */
function requireQuorums(policy: PolicyDocument, people: readonly Person[]): void {
  if (people.length < 2) {
    throw new CountersignError(
      'quorum-unreachable',
      `expected at least two founders, found ${people.length}`,
      { hint: 'one person alone can never release: that is the point' },
    );
  }
  for (const [name, { approvals }] of Object.entries(policy.policies)) {
    if (!isQuorumReachable(approvals, people)) {
      throw new CountersignError(
        'quorum-unreachable',
        `policy ${name}: no set of ${people.map((one) => one.id).join(', ')} meets ${approvals.minimum} people${Object.entries(
          approvals.groups,
        )
          .map(([group, count]) => `, ${count} of ${group}`)
          .join('')}`,
        { hint: 'add founders or groups, or ask for less in countersign.yaml' },
      );
    }
    const anyone = people.some((asks) =>
      isQuorumReachable(
        approvals,
        people.filter((one) => one.id !== asks.id),
      ),
    );
    if (approvals.requester === 'excluded' && !anyone) {
      throw new CountersignError(
        'quorum-unreachable',
        `policy ${name}: whoever asks for a release is excluded, and without them no quorum is left`,
        { hint: 'set approvals.requester: counts for a team of two, or add a founder' },
      );
    }
  }
}

/** One founder's signature over the draft. Throws `forbidden` for a key that is no founder's. */
export async function signGenesis(
  draft: string,
  signer: SshSigner,
): Promise<{ readonly person: Person; readonly statement: SignedStatement }> {
  const { digest, document } = await readGenesis(nodeCrypto, draft);
  const person = await requireSigner(signer, document.roster);
  const predicate: Founding = {
    schema: 'countersign/founding/v1',
    genesis: digest,
    person: person.id,
  };
  const payload = encodeInstanceStatement('genesis', digest, predicate);
  return { person, statement: await signStatement(signer, 'genesis', payload) };
}

/** What a verifier keeps of a genesis. */
export async function trustOfGenesis(draft: string): Promise<Trust> {
  const { digest, document } = await readGenesis(nodeCrypto, draft);
  return {
    schema: 'countersign/trust/v1',
    genesis: digest,
    ledger: document.keys.ledger,
    witnesses: { quorum: 0, keys: [] },
    note: null,
  };
}
