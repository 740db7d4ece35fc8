import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseId } from '../../src/core/names.ts';
import { encodeInstanceStatement } from '../../src/evidence/signed-statement.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { hashToken } from '../../src/identity/token.ts';
import {
  ballot,
  enrolKey,
  propose,
  rosterWith,
  suspensionOf,
  untilInForce,
} from '../change-fixture.ts';
import { approvalOf, type Gate, openRelease, person, until, upload } from '../gate-fixture.ts';
import { refusal, startYard, tarballOf, type Yard } from '../release-fixture.ts';
import type { TestKey } from '../ssh-fixture.ts';

const HOUR = 3_600_000;
let ahead = 0;
let yard: Yard;
beforeAll(async () => {
  yard = await startYard({ clock: () => new Date(Date.now() + ahead).toISOString() });
});
afterAll(() => yard.stop());

const now = () => new Date(Date.now() + ahead).toISOString();

async function submit(gate: Gate, tag: string): Promise<ReleaseId> {
  const { release } = await openRelease(gate, { tag, packages: ['@aitbc/p0'], issuedAt: now() });
  await upload(gate, release.id, await tarballOf('@aitbc/p0', tag.slice(1)));
  await until(gate, release.id, 'awaiting-approval');
  return release.id;
}

async function sign(gate: Gate, id: ReleaseId, by: 'bob' | 'carol', key?: TestKey) {
  const expiresAt = new Date(Date.parse(now()) + HOUR).toISOString();
  const times = { issuedAt: now(), expiresAt };
  const signed = await approvalOf(gate, id, by, times, key ?? gate.keys[by]);
  return gate.gateway.approve(person(by), id, signed);
}

async function signIn(gate: Gate, key: TestKey): Promise<string> {
  const { challenge, origin } = await gate.gateway.challenge();
  const predicate = {
    schema: 'countersign/session/v1',
    genesis: gate.digest,
    origin,
    challenge,
    issuedAt: now(),
  };
  const payload = encodeInstanceStatement('session', gate.digest, predicate);
  return (await gate.gateway.openSession(key.sign('session', payload))).token;
}

async function agree(gate: Gate, wanted: Parameters<typeof propose>[1]) {
  const proposal = await propose(gate, wanted);
  await ballot(gate, proposal, 'alice');
  await ballot(gate, proposal, 'carol');
  await untilInForce(gate, proposal);
}

describe('promise 8: what is lost one by one', () => {
  test('a key: suspended at once, replaced by the others, and the new one counts after its cooling', async () => {
    const { gate } = yard;
    const session = await signIn(gate, gate.keys.bob);
    const lost = { kind: 'key' as const, id: gate.keys.bob.fingerprint };
    await gate.gateway.suspend(person('carol'), suspensionOf(gate, 'carol', lost));
    expect(await refusal(gate.gateway.identify(session))).toContain('or the key of this session');
    const id = await submit(gate, 'v1.0.0');
    expect(await refusal(sign(gate, id, 'bob'))).toContain('suspended by carol');
    const { key, enrolment } = await enrolKey(gate, 'bob');
    const roster = await rosterWith(gate, ({ people }) =>
      people.map((one) =>
        one.id === 'bob'
          ? { ...one, keys: [{ kind: 'ssh' as const, publicKey: key.publicKey }] }
          : one,
      ),
    );
    await agree(gate, { roster, enrolments: [enrolment] });
    const hash = await hashToken(nodeCrypto, session);
    const row = await gate.store.read((tx) => tx.session(hash));
    expect(row?.revokedAt).not.toBeNull();
    Object.assign(gate.keys, { bob: key });
    ahead += 73 * HOUR;
    const later = await submit(gate, 'v1.0.1');
    await sign(gate, later, 'bob');
    await sign(gate, later, 'carol');
    await until(gate, later, 'published');
  });

  test('a device with a session: the person is suspended, and what they had opens nothing', async () => {
    const { gate } = yard;
    const whole = { kind: 'person' as const, id: 'bob' };
    await gate.gateway.suspend(person('alice'), suspensionOf(gate, 'alice', whole));
    const id = await submit(gate, 'v1.1.0');
    expect(await refusal(sign(gate, id, 'bob'))).toContain('bob is suspended by alice');
    await agree(gate, { reinstate: [whole] });
    await sign(gate, id, 'bob');
    await sign(gate, id, 'carol');
    await until(gate, id, 'published');
  });

  test('a person: the others take them out, and the rest can still ship', async () => {
    const { gate } = yard;
    const { key, enrolment } = await enrolKey(gate, 'carol2');
    const roster = await rosterWith(gate, ({ people }) => [
      ...people.filter((one) => one.id !== 'bob'),
      {
        id: 'carol2' as (typeof people)[number]['id'],
        name: 'Carol the second',
        groups: ['security-team'],
        keys: [{ kind: 'ssh' as const, publicKey: key.publicKey }],
      },
    ]);
    await agree(gate, { roster, enrolments: [enrolment] });
    const id = await submit(gate, 'v1.2.0');
    expect(await refusal(sign(gate, id, 'bob'))).toContain('a key of the roster (version 3)');
    ahead += 71 * HOUR;
    Object.assign(gate.keys, { carol2: key });
    expect(await refusal(sign(gate, id, 'carol2' as 'bob', key))).toContain(
      'carol2 signed with a new key',
    );
    ahead += 2 * HOUR;
    const later = await submit(gate, 'v1.2.1');
    await sign(gate, later, 'carol');
    await sign(gate, later, 'carol2' as 'bob', key);
    await until(gate, later, 'published');
  });
});
