import { describe, expect, test } from 'vitest';
import { isPersonId, type PersonId } from '../../src/core/names.ts';
import type { EntryLinkRow, SessionRow, SignInPasskeyRow } from '../../src/gateway/ports.ts';
import type { StoreFixture } from './store.ts';
import { at, sha256Of } from './store-rows.ts';

function person(id: string): PersonId {
  if (!isPersonId(id)) throw new Error('no person');
  return id;
}

function session(name: string, change: Partial<SessionRow> = {}): SessionRow {
  return {
    hash: sha256Of(name),
    holder: person('alice'),
    kind: 'person',
    via: 'sign-in',
    keyFingerprint: 'webauthn:aa',
    openedAt: at(0),
    expiresAt: at(900),
    revokedAt: null,
    ...change,
  };
}

function passkey(name: string, change: Partial<SignInPasskeyRow> = {}): SignInPasskeyRow {
  return {
    credentialId: name,
    person: person('alice'),
    name: 'laptop',
    publicKey: 'AAAA',
    algorithm: -7,
    relyingParty: 'release.example.com',
    createdAt: at(0),
    revokedAt: null,
    ...change,
  };
}

/** Sessions, passkeys to sign in with, and links that are good once. */
export function signIn(fixture: StoreFixture): void {
  describe('sessions, passkeys and links', () => {
    test('live sessions are those that are neither expired nor revoked, oldest first', async () => {
      const store = fixture.store();
      const rows = [
        session('late', { openedAt: at(2), via: 'approval' }),
        session('early', { openedAt: at(1), via: 'terminal' }),
        session('expired', { expiresAt: at(10) }),
        session('revoked'),
      ];
      await store.transact(async (tx) => {
        for (const row of rows) await tx.putSession(row);
        await tx.revokeSession(sha256Of('revoked'), at(3));
      });
      expect(await store.read((tx) => tx.liveSessions(at(10)))).toEqual([rows[1], rows[0]]);
      expect(await store.read((tx) => tx.session(sha256Of('revoked')))).toEqual({
        ...rows[3],
        revokedAt: at(3),
      });
    });

    test('the sessions of one key end together, and keep the time when they first did', async () => {
      const store = fixture.store();
      await store.transact(async (tx) => {
        await tx.putSession(session('one'));
        await tx.putSession(session('two', { via: 'approval' }));
        await tx.putSession(session('other', { keyFingerprint: 'webauthn:bb' }));
        await tx.revokeSession(sha256Of('one'), at(1));
        await tx.revokeSessionsOfKey('webauthn:aa', at(2));
      });
      await store.read(async (tx) => {
        expect((await tx.session(sha256Of('one')))?.revokedAt).toBe(at(1));
        expect((await tx.session(sha256Of('two')))?.revokedAt).toBe(at(2));
        expect((await tx.session(sha256Of('other')))?.revokedAt).toBeNull();
      });
    });

    test('passkeys come in the order of their making, and one id is one passkey', async () => {
      const store = fixture.store();
      const rows = [passkey('zz'), passkey('aa', { person: person('bob'), algorithm: -257 })];
      await store.transact(async (tx) => {
        for (const row of rows) await tx.putSignInPasskey(row);
      });
      expect(await store.read((tx) => tx.signInPasskeys())).toEqual(rows);
      expect(await store.read((tx) => tx.signInPasskey('aa'))).toEqual(rows[1]);
      expect(await store.read((tx) => tx.signInPasskey('none'))).toBeUndefined();
      await expect(
        store.transact((tx) => tx.putSignInPasskey(passkey('aa'))),
      ).rejects.toMatchObject({ code: 'state-conflict' });
      await store.transact((tx) => tx.revokeSignInPasskey('zz', at(5)));
      await store.transact((tx) => tx.revokeSignInPasskey('zz', at(6)));
      expect((await store.read((tx) => tx.signInPasskey('zz')))?.revokedAt).toBe(at(5));
      expect((await store.read((tx) => tx.signInPasskey('aa')))?.revokedAt).toBeNull();
    });

    test('a link is taken once, and not after it has expired', async () => {
      const store = fixture.store();
      const link = (name: string, expiresAt: string): EntryLinkRow => ({
        hash: sha256Of(name),
        kind: 'approval',
        person: person('alice'),
        keyFingerprint: 'webauthn:aa',
        expiresAt,
      });
      await store.transact(async (tx) => {
        await tx.putEntryLink(link('good', at(60)));
        await tx.putEntryLink(link('old', at(30)));
      });
      const take = (name: string, now: string) =>
        store.transact((tx) => tx.takeEntryLink(sha256Of(name), now));
      expect(await store.read((tx) => tx.entryLink(sha256Of('good')))).toEqual(
        link('good', at(60)),
      );
      expect(await take('old', at(30))).toBeUndefined();
      const both = await Promise.all([take('good', at(31)), take('good', at(31))]);
      expect(both.filter((one) => one !== undefined)).toEqual([link('good', at(60))]);
      expect(await take('good', at(31))).toBeUndefined();
      expect(await store.read((tx) => tx.entryLink(sha256Of('old')))).toBeUndefined();
    });
  });
}
