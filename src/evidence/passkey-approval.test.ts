import { describe, expect, test } from 'vitest';
import { createEvidence, type EvidenceOptions } from '../../test/evidence-fixture.ts';
import { NOW, refusalOfEvidence } from '../../test/forgery-fixture.ts';
import {
  type AssertionParts,
  createTestPasskey,
  PASSKEY_SETTINGS,
} from '../../test/passkey-fixture.ts';
import type { Enrolment } from '../core/enrolment.ts';
import type { PersonId, Sha256 } from '../core/names.ts';
import type { Reader } from '../core/shape.ts';
import { encodeBase64 } from '../formats/base64.ts';
import { nodeCrypto } from '../host/node-crypto.ts';
import { openEnrolment } from './enrolment.ts';
import { encodeInstanceStatement, openStatement } from './signed-statement.ts';
import { verifyEvidence } from './verify.ts';

const passkey = createTestPasskey();
const inBrowser: EvidenceOptions['approval'] = (approval, person) =>
  person === 'bob' ? { ...approval, client: 'browser' } : approval;
const byPasskey = { passkeys: { bob: passkey }, approval: inBrowser } satisfies EvidenceOptions;
const refusalOf = async (options: EvidenceOptions) => {
  const { bundle, trust } = await createEvidence(options);
  return refusalOfEvidence(bundle, trust, NOW);
};

describe('promise 1: approvals by passkey', () => {
  test('one person in the browser and one in a terminal are a quorum', async () => {
    const { bundle, trust } = await createEvidence(byPasskey);
    const answer = await verifyEvidence(nodeCrypto, bundle, { trust, now: NOW });
    expect(answer.approvers.map((one) => [one.person, one.client])).toEqual([
      ['bob', 'browser'],
      ['carol', 'terminal'],
    ]);
    expect(answer.approvers[0]?.key).toMatch(/^webauthn:[0-9a-f]{64}$/);
  });

  test('two in the browser are none where the policy wants one in a terminal', async () => {
    const both = {
      passkeys: { bob: passkey, carol: createTestPasskey() },
      approval: (approval) => ({ ...approval, client: 'browser' }),
    } satisfies EvidenceOptions;
    expect(await refusalOf(both)).toMatch(/^quorum-unmet: .*terminal/);
    const { bundle, trust } = await createEvidence({ ...both, approvals: { terminal: 0 } });
    await expect(verifyEvidence(nodeCrypto, bundle, { trust, now: NOW })).resolves.toBeDefined();
  });

  test('a passkey that says it was a terminal is refused, and a terminal that says browser', async () => {
    expect(await refusalOf({ passkeys: { bob: passkey } })).toContain(
      'the approval is for another client: expected browser, found terminal',
    );
    expect(await refusalOf({ approval: inBrowser })).toContain(
      'the approval is for another client: expected terminal, found browser',
    );
  });

  test.each<[string, Partial<AssertionParts>, string]>([
    ['a hostile login page', { origin: 'https://release.example.com' }, 'found "https://release'],
    ['a sign-in passkey', { relyingParty: 'release.example.com' }, 'relying party approve.'],
    ['other bytes', { challenge: new Uint8Array(32) }, 'the challenge is not their hash'],
    ['a frame', { clientData: { crossOrigin: true } }, 'frame of another origin'],
    ['a device that verified nobody', { flags: 0x01 }, 'did not verify the person'],
  ])('an assertion from %s is refused', async (_, passkeyParts, words) => {
    const refusal = await refusalOf({ ...byPasskey, passkeyParts });
    expect(refusal).toMatch(/^signature-invalid: the passkey signature is not valid/);
    expect(refusal).toContain(words);
  });

  test('a passkey that is not in the roster is refused', async () => {
    const { bundle, trust } = await createEvidence(byPasskey);
    const other = createTestPasskey();
    const payload = bundle.approvals[0]?.envelope.payload ?? new Uint8Array();
    const [, ...rest] = bundle.approvals;
    const forged = { ...bundle, approvals: [other.sign(payload), ...rest] };
    expect(await refusalOfEvidence(forged, trust, NOW)).toMatch(
      /^signature-invalid: expected a signature by a key of the roster/,
    );
    const named = passkey.sign(payload);
    const { envelope } = named;
    const lying = {
      ...named,
      envelope: { ...envelope, signature: { ...envelope.signature, keyid: 'webauthn:00' } },
    };
    expect(
      await refusalOfEvidence({ ...bundle, approvals: [lying, ...rest] }, trust, NOW),
    ).toContain('malformed-signature: expected keyid webauthn:');
  });

  test('a passkey of another relying party than the signed rules name is refused', async () => {
    const elsewhere = createTestPasskey(-7, { ...PASSKEY_SETTINGS, relyingParty: 'example.com' });
    expect(await refusalOf({ ...byPasskey, passkeys: { bob: elsewhere } })).toContain(
      'expected a passkey of approve.example.com, found one of example.com',
    );
  });
});

describe('what a page may not ask for', () => {
  const anything: Reader<unknown> = (value) => value;
  test.each(['session', 'open', 'adopt', 'grant', 'deposit', 'genesis', 'recovery'] as const)(
    'a passkey signs no %s',
    async (purpose) => {
      const { roster, genesisDigest } = await createEvidence(byPasskey);
      const payload = encodeInstanceStatement(purpose, genesisDigest, {});
      const settings = PASSKEY_SETTINGS;
      await expect(
        openStatement(nodeCrypto, passkey.sign(payload), purpose, anything, roster, settings),
      ).rejects.toMatchObject({
        code: 'malformed-signature',
        message: `expected an SSH signature for ${purpose}, found one by a passkey`,
      });
    },
  );

  test('a ballot may be signed by a passkey, only where the signed rules name passkeys', async () => {
    const { roster, genesisDigest } = await createEvidence(byPasskey);
    const signed = passkey.sign(encodeInstanceStatement('ballot', genesisDigest, {}));
    const opened = await openStatement(
      ...([nodeCrypto, signed, 'ballot', anything, roster, PASSKEY_SETTINGS] as const),
    );
    expect(opened.holder).toMatchObject({ kind: 'person', person: { id: 'bob' } });
    await expect(
      openStatement(nodeCrypto, signed, 'ballot', anything, roster),
    ).rejects.toMatchObject({ message: expect.stringContaining('signed rules name no passkeys') });
  });
});

describe('promise 8: a key swapped at enrolment', () => {
  const genesis = 'ab'.repeat(32) as Sha256;
  const predicate: Enrolment = {
    schema: 'countersign/enrolment/v1',
    genesis,
    person: 'bob' as PersonId,
    credentialId: passkey.credentialId,
    publicKey: encodeBase64(passkey.publicKey),
    algorithm: -7,
    relyingParty: PASSKEY_SETTINGS.relyingParty,
    issuedAt: '2026-03-01T12:00:00.000Z',
  };
  const open = (changes: Partial<Enrolment> = {}, signer = passkey, of = genesis) =>
    openEnrolment(
      nodeCrypto,
      signer.sign(encodeInstanceStatement('enrolment', of, { ...predicate, ...changes })),
      genesis,
      PASSKEY_SETTINGS,
    );

  test('an enrolment is signed by the passkey that it names', async () => {
    const opened = await open();
    expect(opened.passkey).toEqual(passkey.inRoster.passkeys[0]);
    expect(opened.keyFingerprint).toMatch(/^webauthn:[0-9a-f]{64}$/);
  });

  test('another key, credential, instance or relying party is refused', async () => {
    const other = createTestPasskey();
    const invalid = { code: 'signature-invalid' };
    await expect(open({}, other)).rejects.toMatchObject(invalid);
    await expect(open({ publicKey: encodeBase64(other.publicKey) })).rejects.toMatchObject(invalid);
    await expect(open({ credentialId: other.credentialId })).rejects.toMatchObject(invalid);
    await expect(open({ relyingParty: 'example.com' })).rejects.toMatchObject(invalid);
    await expect(open({ genesis: 'cd'.repeat(32) as Sha256 })).rejects.toMatchObject(invalid);
    await expect(open({}, passkey, 'cd'.repeat(32) as Sha256)).rejects.toMatchObject({
      code: 'malformed-document',
    });
  });
});
