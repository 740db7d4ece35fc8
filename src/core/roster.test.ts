import { describe, expect, test } from 'vitest';
import {
  checkRoster,
  findAccountHolder,
  findKeyHolder,
  findPerson,
  type Roster,
  roster,
} from './roster.ts';

const key = (text: string) => ({ kind: 'ssh' as const, publicKey: `ssh-ed25519 ${text}` });
const of = (people: readonly unknown[], bots: readonly unknown[] = []): Roster =>
  roster({ schema: 'countersign/roster/v1', version: 1, previous: null, people, bots }, 'roster');
const alice = { id: 'alice', name: 'Alice', groups: [], keys: [key('a')] };
const passkey = (credentialId: string, publicKey: string) => ({
  kind: 'webauthn',
  credentialId,
  publicKey,
  algorithm: -7,
  relyingParty: 'approve.example.com',
});
const bob = { id: 'bob', name: 'Bob', groups: [], keys: [key('b')] };

describe('promise 1: one person, one name, keys of their own', () => {
  test('an account of CI has one holder, by issuer and number', () => {
    const account = { issuer: 'https://ci.example.com', id: '7' };
    const read = of(
      [{ ...alice, accounts: [account] }],
      [{ id: 'robot', keys: [], accounts: [{ ...account, id: '8' }] }],
    );
    checkRoster(read);
    expect(findAccountHolder(read, account)).toMatchObject({ person: { id: 'alice' } });
    expect(findAccountHolder(read, { ...account, id: '8' })).toMatchObject({ botId: 'robot' });
    expect(findAccountHolder(read, { ...account, issuer: 'https://other' })).toBeUndefined();
  });

  test('each key has one holder, a person or a bot', () => {
    const read = of([alice, bob], [{ id: 'robot', keys: [key('r')] }]);
    checkRoster(read);
    expect(findKeyHolder(read, 'ssh-ed25519 b')).toMatchObject({ person: { id: 'bob' } });
    expect(findKeyHolder(read, 'ssh-ed25519 r')).toEqual({ kind: 'bot', botId: 'robot' });
    expect(findKeyHolder(read, 'ssh-ed25519 x')).toBeUndefined();
    expect(findPerson(read, 'robot')).toBeUndefined();
    expect(findPerson(read, 'Alice')).toBeUndefined();
  });

  test.each<[string, Roster, string]>([
    ['a person twice', of([alice, { ...alice, keys: [] }]), 'alice stands twice'],
    ['a person who is a bot too', of([alice], [{ id: 'alice', keys: [] }]), 'alice stands twice'],
    [
      'one key for two people',
      of([alice, { ...bob, keys: alice.keys }]),
      'one key belongs to alice and to bob',
    ],
    [
      'a person’s key in a bot’s hands',
      of([alice], [{ id: 'robot', keys: alice.keys }]),
      'one key belongs to alice and to robot',
    ],
    [
      'one account for two people',
      of([
        { ...alice, accounts: [{ issuer: 'https://ci.example.com', id: '7' }] },
        { ...bob, accounts: [{ issuer: 'https://ci.example.com', id: '7' }] },
      ]),
      'one account belongs to alice and to bob',
    ],
    [
      'one passkey for two people',
      of([
        { ...alice, passkeys: [passkey('c1', 'AAAA')] },
        { ...bob, passkeys: [passkey('c2', 'AAAA')] },
      ]),
      'one passkey belongs to alice and to bob',
    ],
    [
      'one credential id for two people',
      of([
        { ...alice, passkeys: [passkey('c1', 'AAAA')] },
        { ...bob, passkeys: [passkey('c1', 'BBBB')] },
      ]),
      'one passkey belongs to alice and to bob',
    ],
  ])('%s is refused', (_, bad, message) => {
    expect(() => checkRoster(bad)).toThrow(message);
  });

  test.each(['Alice', 'alice ', ' alice', 'al ice', 'аlice', '', '-a', 'a'.repeat(65)])(
    'the name %j has no second spelling: it is none',
    (id) => expect(() => of([{ ...alice, id }])).toThrow('expected a person id such as alice'),
  );
});
