import { describe, expect, test } from 'vitest';
import type { PersonId } from '../../src/core/names.ts';
import { isPersonId } from '../../src/core/names.ts';
import type { EffectRow, VaultRow } from '../../src/gateway/ports.ts';
import type { StoreFixture } from './store.ts';
import { at, insertReleases, releaseId, releaseRow, sha256Of, statementRow } from './store-rows.ts';

function person(id: string): PersonId {
  if (!isPersonId(id)) throw new Error('no person');
  return id;
}

export function creations(fixture: StoreFixture): void {
  describe('statements, effects, credentials and vault', () => {
    test('statements come back as they were signed, in the order in which they came', async () => {
      const store = fixture.store();
      await insertReleases(store, releaseRow(1));
      const bound = ['zeta', 'alpha', 'mid'].map((text) => statementRow(text, releaseId(1)));
      const founding = [
        statementRow('second', null, { purpose: 'founding', person: person('bob') }),
        statementRow('first', null, { purpose: 'founding', person: person('alice') }),
      ];
      const grant = statementRow('grant', null, { purpose: 'grant' });
      await store.transact(async (tx) => {
        for (const row of [...bound, ...founding, grant]) await tx.putStatement(row);
      });
      await store.read(async (tx) => {
        expect(await tx.statements(releaseId(1))).toStrictEqual(bound);
        expect(await tx.unboundStatements('founding')).toStrictEqual(founding);
        expect(await tx.unboundStatements('approval')).toEqual([]);
        expect(await tx.statement(grant.digest)).toStrictEqual(grant);
        expect(await tx.statement(sha256Of('none'))).toBeUndefined();
      });
      await expect(store.transact((tx) => tx.putStatement(grant))).rejects.toMatchObject({
        code: 'state-conflict',
      });
    });

    test('a grant stands by itself and with each release it opened, nowhere twice', async () => {
      const store = fixture.store();
      await insertReleases(store, releaseRow(1), releaseRow(2));
      const alone = statementRow('grant', null, { purpose: 'grant' });
      const bound = [1, 2].map((number) => ({ ...alone, release: releaseId(number) }));
      await store.transact(async (tx) => {
        for (const row of [alone, ...bound]) await tx.putStatement(row);
      });
      await store.read(async (tx) => {
        expect(await tx.statement(alone.digest)).toStrictEqual(alone);
        expect(await tx.unboundStatements('grant')).toStrictEqual([alone]);
        expect(await tx.statements(releaseId(2))).toStrictEqual(bound.slice(1));
      });
      for (const row of [alone, ...bound]) {
        await expect(store.transact((tx) => tx.putStatement(row))).rejects.toMatchObject({
          code: 'state-conflict',
        });
      }
    });

    test('CI runs stand with each release that they asked for, in order and nowhere twice', async () => {
      const store = fixture.store();
      await insertReleases(store, releaseRow(1), releaseRow(2));
      const row = (name: string, release: number) => ({
        digest: sha256Of(name),
        release: releaseId(release),
        recordedAt: at(1),
        ledgerIndex: 7,
      });
      const rows = [row('z', 1), row('a', 1), row('z', 2)];
      await store.transact(async (tx) => {
        for (const one of rows) await tx.putCiIdentity(one);
      });
      await store.read(async (tx) => {
        expect(await tx.ciIdentities(releaseId(1))).toStrictEqual(rows.slice(0, 2));
        expect(await tx.ciIdentities(releaseId(2))).toStrictEqual(rows.slice(2));
        expect(await tx.ciIdentities(releaseId(3))).toEqual([]);
      });
      await expect(store.transact((tx) => tx.putCiIdentity(row('a', 1)))).rejects.toMatchObject({
        code: 'state-conflict',
      });
    });

    test('effects come by sequence and change in place', async () => {
      const store = fixture.store();
      await insertReleases(store, releaseRow(1));
      const effect = (sequence: number): EffectRow => ({
        id: `effect-${sequence}`,
        release: releaseId(1),
        sequence,
        kind: 'publish',
        target: '{}',
        state: 'planned',
        intendedAt: null,
        observedAt: null,
        outcome: null,
      });
      await store.transact(async (tx) => {
        for (const sequence of [2, 1, 10]) await tx.putEffect(effect(sequence));
      });
      const done = { ...effect(1), state: 'done', observedAt: at(2), outcome: 'seen' } as const;
      await store.transact((tx) => tx.updateEffect(done));
      const effects = await store.read((tx) => tx.effects(releaseId(1)));
      expect(effects).toEqual([done, effect(2), effect(10)]);
      await expect(
        store.transact((tx) => tx.updateEffect({ ...done, id: 'effect-3' })),
      ).rejects.toMatchObject({ code: 'not-found' });
      await expect(
        store.transact((tx) => tx.putEffect({ ...effect(3), sequence: 2 })),
      ).rejects.toMatchObject({ code: 'state-conflict' });
    });

    test('upload credentials of a release are revoked together, and keep the first time', async () => {
      const store = fixture.store();
      await insertReleases(store, releaseRow(1), releaseRow(2));
      const row = (secret: string, release: number) => ({
        hash: sha256Of(secret),
        release: releaseId(release),
        packages: release === 1 ? null : [{ ecosystem: 'npm', package: '@aitbc/web' }],
        expiresAt: at(60),
        revokedAt: null,
      });
      await store.transact(async (tx) => {
        for (const one of [row('a', 1), row('b', 1), row('c', 2)])
          await tx.putUploadCredential(one);
      });
      await store.transact((tx) => tx.revokeUploadCredentials(releaseId(1), at(5)));
      await store.transact((tx) => tx.revokeUploadCredentials(releaseId(1), at(6)));
      await store.read(async (tx) => {
        const revoked = { ...row('a', 1), revokedAt: at(5) };
        expect(await tx.uploadCredential(sha256Of('a'))).toStrictEqual(revoked);
        expect((await tx.uploadCredential(sha256Of('b')))?.revokedAt).toBe(at(5));
        expect(await tx.uploadCredential(sha256Of('c'))).toStrictEqual(row('c', 2));
        expect(await tx.uploadCredential(sha256Of('d'))).toBeUndefined();
      });
      await store.transact(async (tx) => {
        await tx.endUploadCredential(sha256Of('c'), at(7));
        await tx.endUploadCredential(sha256Of('c'), at(8));
        await tx.endUploadCredential(sha256Of('d'), at(7));
      });
      const ended = await store.read((tx) => tx.uploadCredential(sha256Of('c')));
      expect(ended?.expiresAt).toBe(at(7));
    });

    test('project credentials are listed in order and revoked one by one', async () => {
      const store = fixture.store();
      const row = (name: string, project: string) => ({
        hash: sha256Of(name),
        name,
        project,
        creator: person('carol'),
        grant: sha256Of('grant'),
        expiresAt: at(60),
        revokedAt: null,
      });
      const rows = [row('z', 'aitbc'), row('a', 'aitbc'), row('m', 'other')];
      await store.transact(async (tx) => {
        for (const one of rows) await tx.putProjectCredential(one);
      });
      await store.transact((tx) => tx.revokeProjectCredential(sha256Of('a'), at(5)));
      await store.transact((tx) => tx.revokeProjectCredential(sha256Of('a'), at(6)));
      await store.transact((tx) => tx.revokeProjectCredential(sha256Of('none'), at(6)));
      await store.read(async (tx) => {
        const revoked = { ...row('a', 'aitbc'), revokedAt: at(5) };
        expect(await tx.projectCredentials('aitbc')).toStrictEqual([row('z', 'aitbc'), revoked]);
        expect(await tx.projectCredential(sha256Of('m'))).toStrictEqual(row('m', 'other'));
        expect(await tx.projectCredential(sha256Of('none'))).toBeUndefined();
      });
    });

    test('a session is found by its hash and revoked once', async () => {
      const store = fixture.store();
      const row = {
        hash: sha256Of('secret'),
        holder: person('alice'),
        kind: 'person' as const,
        via: 'terminal' as const,
        openedAt: at(0),
        keyFingerprint: 'SHA256:abc',
        expiresAt: at(60),
        revokedAt: null,
      };
      await store.transact((tx) => tx.putSession(row));
      expect(await store.read((tx) => tx.session(row.hash))).toStrictEqual(row);
      await store.transact((tx) => tx.revokeSession(row.hash, at(1)));
      await store.transact((tx) => tx.revokeSession(row.hash, at(2)));
      expect((await store.read((tx) => tx.session(row.hash)))?.revokedAt).toBe(at(1));
      expect(await store.read((tx) => tx.session(sha256Of('none')))).toBeUndefined();
    });

    test('a challenge is spent once, and forgotten only after it expired', async () => {
      const store = fixture.store();
      const spend = (name: string, now: number) =>
        store.transact((tx) => tx.spendChallenge(name, at(10), at(now)));
      expect(await spend('one', 1)).toBe(true);
      expect(await spend('one', 9)).toBe(false);
      expect(await spend('another', 9)).toBe(true);
      expect(await spend('one', 9)).toBe(false);
    });

    test('a vault entry is replaced in its place; its versions stand beside each other', async () => {
      const store = fixture.store();
      const row = (name: string, version: number): VaultRow => ({
        name,
        version,
        deposit: '{}',
        envelope: null,
        upstream: 'npm-private',
        origin: 'https://npm.example.com',
        statement: sha256Of('deposit'),
        createdAt: at(version),
        expiresAt: null,
        disabledAt: null,
        note: null,
      });
      await store.transact(async (tx) => {
        for (const one of [row('z', 1), row('a', 1), row('z', 2)]) await tx.putVault(one);
      });
      const taken = { ...row('z', 1), deposit: null, envelope: '{"k":1}', note: 'taken in' };
      await store.transact((tx) => tx.putVault(taken));
      const rows = await store.read((tx) => tx.vault());
      expect(rows).toStrictEqual([taken, row('a', 1), row('z', 2)]);
    });
  });
}
