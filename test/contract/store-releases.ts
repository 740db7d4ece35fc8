import { describe, expect, test } from 'vitest';
import { isTerminal, RELEASE_STATES } from '../../src/core/release-state.ts';
import type { StoreFixture } from './store.ts';
import {
  artifactRow,
  at,
  insertReleases,
  releaseId,
  releaseRow,
  statementRow,
} from './store-rows.ts';

export function releases(fixture: StoreFixture): void {
  describe('releases', () => {
    test('a release comes back as it was put, by either id', async () => {
      const row = releaseRow(1, {
        commit: 'a'.repeat(40),
        distTag: null,
        declared: [
          { ecosystem: 'npm', package: '@aitbc/explorer-web', kind: 'tarball', count: 1 },
          { ecosystem: 'pypi', package: 'aitbc-agent-sdk', kind: 'wheel', count: 2 },
        ],
        reason: "it's waiting",
      });
      await insertReleases(fixture.store(), row);
      await fixture.store().read(async (tx) => {
        expect(await tx.release(row.id)).toStrictEqual(row);
        expect(await tx.releaseByShortId(row.shortId)).toStrictEqual(row);
        expect(await tx.release(releaseId(2))).toBeUndefined();
        expect(await tx.releaseByShortId('short')).toBeUndefined();
      });
    });

    test('a release occupies its tag in every state that is not terminal, and in no other', async () => {
      const store = fixture.store();
      for (const [number, state] of RELEASE_STATES.entries()) {
        const tag = `v2.0.${number}`;
        await insertReleases(store, releaseRow(100 + number, { tag, state }));
        const next = store.transact((tx) => tx.insertRelease(releaseRow(200 + number, { tag })));
        if (isTerminal(state)) await expect(next).resolves.toBeUndefined();
        else await expect(next).rejects.toMatchObject({ code: 'release-exists' });
      }
    });

    test('a release that ends frees its tag, and one that comes back finds it taken', async () => {
      const store = fixture.store();
      const first = releaseRow(1, { tag: 'v1.0.0' });
      await insertReleases(store, first);
      const ended = { ...first, state: 'cancelled', revision: 2 } as const;
      await store.transact((tx) => tx.updateRelease(ended));
      await insertReleases(store, releaseRow(2, { tag: 'v1.0.0', attempt: 2, reopens: first.id }));
      await expect(
        store.transact((tx) => tx.updateRelease({ ...ended, state: 'receiving', revision: 3 })),
      ).rejects.toMatchObject({ code: 'state-conflict' });
    });

    test('another project may have the same tag; an id is taken for ever', async () => {
      const store = fixture.store();
      const first = releaseRow(1, { tag: 'v1.0.0', state: 'failed' });
      await insertReleases(store, first, releaseRow(2, { tag: 'v1.0.0', project: 'other' }));
      for (const same of [
        releaseRow(3, { id: first.id }),
        releaseRow(3, { shortId: first.shortId }),
      ]) {
        await expect(store.transact((tx) => tx.insertRelease(same))).rejects.toMatchObject({
          code: 'release-exists',
          message: expect.stringContaining('id'),
        });
      }
    });

    test('the refusal names the release that is in the way', async () => {
      await insertReleases(fixture.store(), releaseRow(1, { tag: 'v1.0.0', state: 'approved' }));
      await expect(
        fixture.store().transact((tx) => tx.insertRelease(releaseRow(2, { tag: 'v1.0.0' }))),
      ).rejects.toMatchObject({ message: expect.stringContaining('short-000001, approved') });
    });

    test('a change follows the revision that it was made from', async () => {
      const store = fixture.store();
      await insertReleases(store, releaseRow(1));
      const sealed = releaseRow(1, { state: 'sealed', sealedAt: at(9), revision: 2 });
      await store.transact((tx) => tx.updateRelease(sealed));
      expect(await store.read((tx) => tx.release(releaseId(1)))).toStrictEqual(sealed);
      for (const revision of [1, 2, 4]) {
        await expect(
          store.transact((tx) => tx.updateRelease({ ...sealed, revision })),
        ).rejects.toMatchObject({ code: 'state-conflict' });
      }
      await expect(
        store.transact((tx) => tx.updateRelease(releaseRow(9, { revision: 2 }))),
      ).rejects.toMatchObject({ code: 'not-found' });
    });

    test('lists are the newest first, filtered by what is asked, within the limit', async () => {
      const store = fixture.store();
      await insertReleases(
        store,
        // the ids and times run against the order of creation, which is what counts
        releaseRow(9, { state: 'published' }),
        releaseRow(5, { project: 'other' }),
        releaseRow(7, { state: 'failed', tag: 'v1.0.0' }),
        releaseRow(3, { tag: 'v1.0.0' }),
      );
      const ids = async (filter: object) =>
        (await store.read((tx) => tx.releases({ limit: 10, ...filter }))).map(({ id }) => id);
      expect(await ids({})).toEqual([3, 7, 5, 9].map(releaseId));
      expect(await ids({ limit: 2 })).toEqual([3, 7].map(releaseId));
      expect(await ids({ project: 'aitbc' })).toEqual([3, 7, 9].map(releaseId));
      expect(await ids({ project: 'aitbc', tag: 'v1.0.0' })).toEqual([3, 7].map(releaseId));
      expect(await ids({ states: ['published', 'failed'] })).toEqual([7, 9].map(releaseId));
      expect(await ids({ states: [] })).toEqual([]);
      expect(await ids({ project: "x' or 1=1 --" })).toEqual([]);
    });

    test('events come by sequence, and a place is taken once', async () => {
      const store = fixture.store();
      await insertReleases(store, releaseRow(1), releaseRow(2));
      const event = (sequence: number) => ({
        release: releaseId(1),
        sequence,
        at: at(sequence),
        event: 'seal',
        from: sequence === 1 ? null : ('receiving' as const),
        to: 'sealed' as const,
        actor: 'alice',
        reason: null,
        ledgerIndex: sequence,
      });
      await store.transact(async (tx) => {
        for (const sequence of [2, 1, 10]) await tx.putEvent(event(sequence));
      });
      const events = await store.read((tx) => tx.events(releaseId(1)));
      expect(events).toEqual([event(1), event(2), event(10)]);
      expect(await store.read((tx) => tx.events(releaseId(2)))).toEqual([]);
      await expect(store.transact((tx) => tx.putEvent(event(2)))).rejects.toMatchObject({
        code: 'state-conflict',
      });
    });

    test('rows of a release may be put before it, but not without it', async () => {
      const store = fixture.store();
      await store.transact(async (tx) => {
        await tx.putStatement(statementRow('opening', releaseId(1)));
        await tx.putArtifact(artifactRow(releaseId(1), 'a.tgz'));
        await tx.insertRelease(releaseRow(1));
      });
      await expect(
        store.transact((tx) => tx.putArtifact(artifactRow(releaseId(2), 'a.tgz'))),
      ).rejects.toMatchObject({ code: 'not-found' });
      expect(await store.read((tx) => tx.artifacts(releaseId(2)))).toEqual([]);
    });

    test('artifacts are found by release, by publication and by what is under way', async () => {
      const store = fixture.store();
      await insertReleases(
        store,
        releaseRow(1, { state: 'published' }),
        releaseRow(2, { state: 'rolled-back' }),
        releaseRow(3, { state: 'published' }),
        releaseRow(4, { state: 'publishing' }),
        releaseRow(5),
      );
      const artifacts = [1, 2, 3, 4, 5].flatMap((number) => [
        artifactRow(releaseId(number), `b-${number}.tgz`, { version: '1.0.0' }),
        artifactRow(releaseId(number), `a-${number}.whl`, {
          ecosystem: 'pypi',
          requestedTag: 'next',
        }),
      ]);
      await store.transact(async (tx) => {
        for (const artifact of artifacts) await tx.putArtifact(artifact);
      });
      await store.read(async (tx) => {
        expect(await tx.artifacts(releaseId(1))).toStrictEqual(artifacts.slice(0, 2));
        const name = '@aitbc/explorer-web';
        const files = (rows: readonly { file: string }[]) => rows.map(({ file }) => file);
        expect(files(await tx.publishedArtifacts('npm', name, 9))).toEqual(['b-3.tgz', 'b-1.tgz']);
        expect(files(await tx.publishedArtifacts('npm', name, 1))).toEqual(['b-3.tgz']);
        expect(files(await tx.publishedArtifacts('npm', 'other', 9))).toEqual([]);
        const live = (version: string, except: number) =>
          tx.liveArtifacts('npm', name, version, releaseId(except)).then(files);
        expect(await live('1.0.0', 9)).toEqual(['b-4.tgz', 'b-5.tgz']);
        expect(await live('1.0.0', 4)).toEqual(['b-5.tgz']);
        expect(await live('1.0.1', 9)).toEqual([]);
      });
      await expect(
        store.transact((tx) => tx.putArtifact(artifactRow(releaseId(1), 'b-1.tgz'))),
      ).rejects.toMatchObject({ code: 'state-conflict' });
    });
  });
}
