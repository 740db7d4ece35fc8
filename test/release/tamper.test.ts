/** Whoever holds the database and the artifact folder, but not the publisher's, ships nothing. */
import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonId, ReleaseId, Sha256 } from '../../src/core/names.ts';
import { encodeInstanceStatement } from '../../src/evidence/signed-statement.ts';
import { appendEntry, composeEntry } from '../../src/gateway/record.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { approve, composePublisher, openRelease, person, until, upload } from '../gate-fixture.ts';
import {
  expectSoundLedger,
  packument,
  publishRefused,
  refusal,
  servedVersions,
  startYard,
  submitApproved,
  submitForApproval,
  tamper,
  tarballOf,
  whyWaiting,
  type Yard,
} from '../release-fixture.ts';
import { createTestKey } from '../ssh-fixture.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await startYard({ policy: { publish: 'manual' } });
});
afterAll(() => yard?.stop());

const row = async (id: ReleaseId) => {
  const found = await yard.gate.store.read((tx) => tx.release(id));
  if (found === undefined) throw new Error('no release');
  return found;
};

/** Replaces text in one document, publishes, and puts the document back. */
async function withEditedDocument(
  id: ReleaseId,
  digest: Sha256 | null,
  edit: (body: string) => string,
): Promise<string> {
  if (digest === null) throw new Error('no document');
  const before = await yard.gate.store.read((tx) => tx.document(digest));
  if (before === undefined) throw new Error('no document');
  const after = edit(before);
  expect(after).not.toBe(before);
  const put = (body: string) =>
    tamper(yard.gate, (database) => {
      database.prepare('update documents set body = ? where digest = ?').run(body, digest);
    });
  put(after);
  try {
    return await publishRefused(yard.gate, id);
  } finally {
    put(before);
  }
}

describe('promise 1: what the publisher does not take from the database', () => {
  test('other bytes in the artifact folder', async () => {
    const id = await submitApproved(yard.gate, '@aitbc/p0', 'v5.0.0');
    const [held] = await yard.gate.store.read((tx) => tx.artifacts(id));
    const file = yard.gate.deps.blobs.locate(held?.sha256 ?? ('' as Sha256));
    const good = readFileSync(file);
    const evil = await tarballOf('@aitbc/p0', '5.0.0', { files: { 'package/evil.js': '1' } });
    const put = (bytes: Uint8Array) => {
      chmodSync(file, 0o600);
      writeFileSync(file, bytes);
    };
    put(evil.bytes);
    expect(await publishRefused(yard.gate, id)).toMatch(/^the publisher refused: .*sha256/i);
    expect(await servedVersions(yard.npm, '@aitbc/p0')).toEqual({});
    put(good);
    await yard.gate.gateway.publish(person('bob'), id);
    await until(yard.gate, id, 'published');
  });

  test('an edited manifest, report, genesis or approval', async () => {
    const id = await submitApproved(yard.gate, '@aitbc/p1', 'v5.1.0');
    const { manifest, report } = await row(id);
    expect(
      await withEditedDocument(id, manifest, (body) => body.replace('"latest"', '"stable"')),
    ).toBe('the publisher refused: the ledger has another manifest');
    expect(
      await withEditedDocument(id, report, (body) =>
        body.replace('"verdict":"pass"', '"verdict":"hold"'),
      ),
    ).toBe('the publisher refused: the inspection report is not the one that the manifest names');
    expect(
      await withEditedDocument(id, yard.gate.digest, (body) =>
        body.replace('"minimum":2', '"minimum":3'),
      ),
    ).toMatch(/^the publisher refused: .*genesis/);

    const envelopes = (work: (database: DatabaseSync) => void) => tamper(yard.gate, work);
    envelopes((database) => {
      database
        .prepare("update statements set person = 'alice' where release = ? and person = 'bob'")
        .run(id);
    });
    // The column is only a label: what counts is who signed.
    await yard.gate.gateway.publish(person('bob'), id);
    await until(yard.gate, id, 'published');
  });

  test('an approval whose bytes were changed', async () => {
    const id = await submitApproved(yard.gate, '@aitbc/p2', 'v5.2.0');
    const [approval] = (await yard.gate.store.read((tx) => tx.statements(id))).filter(
      (one) => one.purpose === 'approval',
    );
    const { signature } = approval?.statement.envelope ?? {};
    const sig = Buffer.from(signature?.sig ?? []).toString('base64');
    const bent = `${sig.slice(0, -8)}${sig.at(-8) === 'A' ? 'B' : 'A'}${sig.slice(-7)}`;
    const swap = (from: string, to: string) =>
      tamper(yard.gate, (database) => {
        const done = database
          .prepare('update statements set envelope = replace(envelope, ?, ?) where release = ?')
          .run(from, to, id);
        expect(Number(done.changes)).toBeGreaterThan(0);
      });
    swap(sig, bent);
    await yard.gate.store.read((tx) => tx.statements(id));
    await yard.gate.gateway.publish(person('bob'), id).catch(() => undefined);
    expect(await whyWaiting(yard.gate, id)).toMatch(/^the publisher refused: .*signature/);
    swap(bent, sig);
    expect(await servedVersions(yard.npm, '@aitbc/p2')).toEqual({});
  });

  test('a roster with a person that the founders never signed', async () => {
    const { gate } = yard;
    const mallory = await createTestKey();
    Object.assign(gate.keys, { mallory });
    const digest = (await gate.store.read((tx) => tx.genesisDigest())) ?? ('' as Sha256);
    const before = (await gate.store.read((tx) => tx.document(digest))) ?? '';
    const forged = JSON.parse(before) as { roster: { people: unknown[] } };
    // canonical order of keys, so that the gateway reads it
    forged.roster.people.push({
      groups: ['release-managers'],
      id: 'mallory',
      keys: [{ kind: 'ssh', publicKey: mallory.publicKey }],
      name: 'Mallory',
    });
    const put = (body: string) =>
      tamper(gate, (database) => {
        database.prepare('update documents set body = ? where digest = ?').run(body, digest);
      });
    const id = await submitForApproval(gate, '@aitbc/p3', 'v5.3.0');
    await approve(gate, id, 'bob');
    put(JSON.stringify(forged));
    try {
      const answer = await approve(gate, id, 'mallory' as 'bob', {
        person: 'mallory' as PersonId,
      });
      expect(answer.state).toBe('approved');
      expect(await publishRefused(gate, id)).toMatch(
        /^the publisher refused: the evidence comes from another instance: the trust file names genesis /,
      );
    } finally {
      put(before);
    }
    expect(await servedVersions(yard.npm, '@aitbc/p3')).toEqual({});
  });

  test('a release that was rejected, set back to approved', async () => {
    const { gate } = yard;
    const id = await submitApproved(gate, '@aitbc/p4', 'v5.4.0');
    await gate.gateway.cancel(person('carol'), id, 'found something');
    tamper(gate, (database) => {
      database.prepare("update releases set state = 'approved', live = 1 where id = ?").run(id);
    });
    expect(await publishRefused(gate, id)).toMatch(
      /^the publisher refused: release \S+ is approved in the database, by the ledger it is cancelled/,
    );
    expect(await servedVersions(yard.npm, '@aitbc/p4')).toEqual({});
  });

  test('an old release set back, so that latest would go back to it', async () => {
    const { gate, npm } = yard;
    const old = await submitApproved(gate, '@aitbc/p5', 'v5.5.0');
    await gate.gateway.publish(person('bob'), old);
    await until(gate, old, 'published');
    const next = await submitApproved(gate, '@aitbc/p5', 'v5.5.1');
    await gate.gateway.publish(person('bob'), next);
    await until(gate, next, 'published');
    for (const state of ['approved', 'publishing']) {
      tamper(gate, (database) => {
        const set = database.prepare('update releases set state = ?, live = 1 where id = ?');
        set.run(state, old);
        database.prepare("update effects set state = 'planned' where release = ?").run(old);
      });
      expect(await publishRefused(gate, old)).toMatch(
        /^the publisher refused: release \S+ is \S+ in the database, by the ledger it is published/,
      );
    }
    // Not even where the ledger is made to say so: nothing leads from published to approved.
    await gate.store.transact(async (tx) => {
      for (const ids of [
        { event: 'reach-quorum', from: 'awaiting-approval', to: 'approved', actor: 'bob' },
        { event: 'start-publishing', from: 'approved', to: 'publishing', actor: 'publisher' },
      ]) {
        const entry = { kind: 'release-transition', release: old, ids } as const;
        await appendEntry(tx, gate.deps.crypto, composeEntry(gate.deps.clock.now(), entry));
      }
    });
    expect(await publishRefused(gate, old)).toMatch(/by the ledger it is disputed/);
    expect((await packument(npm, '@aitbc/p5')).tags).toEqual({ latest: '5.5.1' });
  });

  test('a requester whose statement was dropped before the manifest was made', async () => {
    const { gate } = yard;
    const adoption = (release: ReleaseId, by: 'alice' | 'carol') =>
      gate.keys[by].sign(
        'adopt',
        encodeInstanceStatement('adopt', gate.digest, {
          schema: 'countersign/adopt/v1',
          genesis: gate.digest,
          release,
          person: by,
          issuedAt: new Date().toISOString(),
        }),
      );
    const { release } = await openRelease(gate, {
      by: 'robot',
      tag: 'v5.6.0',
      packages: ['@aitbc/p6'],
    });
    for (const by of ['alice', 'carol'] as const) {
      await gate.gateway.adopt(person(by), release.id, adoption(release.id, by));
    }
    tamper(gate, (database) => {
      database
        .prepare("delete from statements where release = ? and person = 'carol'")
        .run(release.id);
    });
    await upload(gate, release.id, await tarballOf('@aitbc/p6', '5.6.0'));
    expect((await until(gate, release.id, 'awaiting-approval')).requesters).toEqual(['alice']);
    await approve(gate, release.id, 'bob');
    expect((await approve(gate, release.id, 'carol')).state).toBe('approved');
    expect(await publishRefused(gate, release.id)).toMatch(
      /^the publisher refused: the ledger says that release \S+ was asked for by \S+, which the store does not show/,
    );
    expect(await servedVersions(yard.npm, '@aitbc/p6')).toEqual({});
  });

  test('the ledger of all this is sound', () => expectSoundLedger(yard.gate));
});

describe('promise 3: a history that was changed', () => {
  const folder = () => join(yard.gate.folder, 'publisher');

  /** What a publisher says that starts over a changed copy of the database. */
  async function startOver(work: (database: DatabaseSync) => void): Promise<string> {
    const copy = join(yard.gate.folder, `copy-${Date.now()}.db`);
    tamper(yard.gate, (database) => database.prepare('vacuum into ?').run(copy));
    const database = new DatabaseSync(copy);
    work(database);
    database.close();
    const store = await openSqliteStore({ file: copy });
    try {
      const starting = composePublisher({ ...yard.gate.deps, store }, folder(), () => {
        throw new Error('not asked');
      });
      return await refusal(starting);
    } finally {
      await store.close();
    }
  }

  const bytesOf = (database: DatabaseSync, index: number) =>
    database.prepare('select bytes from ledger_entries where "index" = ?').get(index)?.['bytes'];

  test('a database that was rolled back is noticed', async () => {
    const copy = join(yard.gate.folder, 'before.db');
    tamper(yard.gate, (database) => database.prepare('vacuum into ?').run(copy));
    await submitForApproval(yard.gate, '@aitbc/p7', 'v5.7.0');
    const { ledgerSize } = await yard.gate.gateway.health();
    await expect
      .poll(async () => (await yard.gate.gateway.health()).signedSize)
      .toBeGreaterThanOrEqual(ledgerSize);
    const store = await openSqliteStore({ file: copy });
    try {
      const starting = composePublisher({ ...yard.gate.deps, store }, folder(), () => {
        throw new Error('not asked');
      });
      expect(await refusal(starting)).toMatch(
        /^ledger-corrupt: the ledger has \d+ entries, the checkpoint kept by the publisher has \d+: entries were lost \(nothing ships until this is explained/,
      );
    } finally {
      await store.close();
    }
  });

  test('a deleted, changed or rewritten entry is noticed', async () => {
    expect(
      await startOver((database) => database.exec('delete from ledger_entries where "index" = 5')),
    ).toContain('ledger-corrupt: ledger entry 5 is missing');
    const change = (database: DatabaseSync, withHash: boolean) => {
      const bytes = Buffer.from(bytesOf(database, 5) as Uint8Array);
      const text = bytes.toString().replace(/"at":"\d{4}/, '"at":"2020');
      const set = database.prepare('update ledger_entries set bytes = ? where "index" = 5');
      set.run(Buffer.from(text));
      if (!withHash) return;
      const hash = createHash('sha256').update('\0').update(text).digest();
      database.prepare('update ledger_entries set leaf_hash = ? where "index" = 5').run(hash);
    };
    expect(await startOver((database) => change(database, false))).toContain(
      'ledger-corrupt: ledger entry 5 is not what its hash says',
    );
    expect(await startOver((database) => change(database, true))).toMatch(
      /^ledger-corrupt: the ledger's first \d+ entries are not those that the publisher signed/,
    );
  });

  test('without the checkpoint that it kept, a publisher does not start', async () => {
    const kept = join(folder(), 'checkpoint');
    renameSync(kept, `${kept}.away`);
    try {
      expect(await startOver(() => undefined)).toMatch(
        /^ledger-corrupt: the log was signed up to entry \d+, and the publisher folder holds no checkpoint of it \(restore the file checkpoint in the publisher folder/,
      );
    } finally {
      rmSync(kept, { force: true });
      renameSync(`${kept}.away`, kept);
    }
  });

  test('without the list of its own entries, it does not take the ledger’s word for them', async () => {
    const own = join(folder(), 'entries');
    renameSync(own, `${own}.away`);
    try {
      expect(await startOver(() => undefined)).toMatch(
        /^ledger-corrupt: ledger entry \d+ is a credential-used that the publisher did not write/,
      );
    } finally {
      rmSync(own, { force: true });
      renameSync(`${own}.away`, own);
    }
  });

  // Last: from here on this gate signs nothing any more.
  test('a credential-used that the web process wrote stops the log, and nothing ships', async () => {
    const { gate, npm } = yard;
    const id = await submitApproved(gate, '@aitbc/p8', 'v5.8.0');
    const { manifest } = await row(id);
    await gate.store.transact(async (tx) => {
      const entry = composeEntry(gate.deps.clock.now(), {
        kind: 'credential-used',
        release: id,
        digests: { manifest: manifest ?? ('' as Sha256) },
      });
      await appendEntry(tx, gate.deps.crypto, entry);
    });
    expect(await publishRefused(gate, id)).toMatch(
      /^the publisher refused: ledger entry \d+ is a credential-used that the publisher did not write/,
    );
    const { signedSize } = await gate.gateway.health();
    expect(await refusal(gate.publisher.signer.advance())).toContain('ledger-corrupt');
    expect((await gate.gateway.health()).signedSize).toBe(signedSize);
    expect(await servedVersions(npm, '@aitbc/p8')).toEqual({});
  });
});
