/** What stands between a quorum and the registries: rules, credentials, and what changed since. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveKnowingly } from '../acknowledge.ts';
import { sampleSdist, sampleWheel } from '../contract/sample-packages.ts';
import type { GateOptions } from '../founding.ts';
import {
  approve,
  openRelease,
  person,
  putCredentials,
  startGate,
  until,
  upload,
} from '../gate-fixture.ts';
import {
  expectSoundLedger,
  PACKAGES,
  packument,
  publishAround,
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
import { hasPypiserver, startPypiserver } from '../servers/pypiserver.ts';
import { requireTool } from '../tools.ts';

const MANUAL = { publish: 'manual' } as const;

let yard: Yard;
beforeAll(async () => {
  yard = await startYard({ policy: MANUAL });
});
afterAll(() => yard?.stop());

describe('promise 6: the gateway runs on what was signed', () => {
  test('a changed configuration file publishes nothing, says where, and goes on when restored', async () => {
    const { gate, npm } = yard;
    const id = await submitApproved(gate, '@aitbc/p0', 'v4.0.0');
    const signed = gate.genesis.policy;
    const strict = signed.policies['strict'];
    if (strict === undefined) throw new Error('no policy');
    const laxer = { ...strict, approvals: { ...strict.approvals, groups: {} } };
    gate.setProposal({ ...signed, policies: { strict: laxer } });
    try {
      expect(await publishRefused(gate, id)).toMatch(
        /^the publisher refused: countersign\.yaml differs from the signed version at policies\.strict\.approvals\.groups\S* and 1 more places: signed 1, found nothing/,
      );
    } finally {
      gate.setProposal(signed);
    }
    expect((await gate.gateway.release(person('bob'), id)).state).toBe('approved');
    expect(await servedVersions(npm, '@aitbc/p0')).toEqual({});
    await gate.gateway.publish(person('bob'), id);
    await until(gate, id, 'published');
  });

  test('promise 1: until it goes out, one person can still say no', async () => {
    const id = await submitApproved(yard.gate, '@aitbc/p39', 'v9.9.9');
    expect(await refusal(approve(yard.gate, id, 'carol'))).toMatch(
      /^state-conflict: expected release \S+ to be awaiting-approval, found approved/,
    );
    const ended = await approve(yard.gate, id, 'bob', { decision: 'reject', reason: 'not now' });
    expect(ended).toMatchObject({ state: 'rejected', reason: 'rejected by bob: not now' });
    expect(await refusal(yard.gate.gateway.publish(person('carol'), id))).toMatch(
      /^state-conflict/,
    );
  });

  test('where the policy says manual, a quorum alone publishes nothing', async () => {
    const id = await submitApproved(yard.gate, '@aitbc/p1', 'v4.1.0');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const view = await yard.gate.gateway.release(person('bob'), id);
    expect(view).toMatchObject({ state: 'approved', quorum: { met: true } });
    expect(await servedVersions(yard.npm, '@aitbc/p1')).toEqual({});
  });

  test('one signature publishes nothing, however often somebody asks', async () => {
    const id = await submitForApproval(yard.gate, '@aitbc/p2', 'v4.2.0');
    await approve(yard.gate, id, 'bob');
    expect(await refusal(yard.gate.gateway.publish(person('bob'), id))).toMatch(
      /^state-conflict: expected the release to be approved or .*, found awaiting-approval/,
    );
  });
});

describe('promise 2: credentials', () => {
  test('a missing or expired one is asked for by name, and the release goes on with a new one', async () => {
    const { gate, npm, npmToken } = yard;
    const id = await submitApproved(gate, '@aitbc/p3', 'v4.3.0');
    tamper(gate, (database) => {
      database.exec("update vault set expires_at = '2020-01-01T00:00:00.000Z'");
    });
    expect(await publishRefused(gate, id)).toBe(
      'the publisher refused: credential npm-token for upstream npm: expected one in date, found 1 expired, disabled or refused',
    );
    await putCredentials(gate, { npmUrl: npm.url, npmToken, pypiUrl: null });
    await gate.gateway.publish(person('bob'), id);
    await until(gate, id, 'published');
  });

  test('one that the registry refuses fails the release, which the next attempt can take up', async () => {
    const { npm, npmToken } = yard;
    const options = { npmUrl: npm.url, npmToken: 'nobody', pypiUrl: null, packages: PACKAGES };
    const gate = await startGate(options);
    try {
      const id = await submitApproved(gate, '@aitbc/p4', 'v4.4.0');
      const failed = await until(gate, id, 'failed');
      expect(failed.reason).toMatch(/401|403|auth/i);
      expect(failed.reason).not.toContain('nobody');
      expect(await servedVersions(npm, '@aitbc/p4')).toEqual({});
      await putCredentials(gate, { ...options, npmToken });
      const again = await openRelease(gate, {
        tag: 'v4.4.0',
        packages: ['@aitbc/p4'],
        reopens: id,
      });
      expect(again.reused).toHaveLength(1);
      await until(gate, again.release.id, 'awaiting-approval');
      await approve(gate, again.release.id, 'bob');
      await approve(gate, again.release.id, 'carol');
      await until(gate, again.release.id, 'published');
      expect(await refusal(openRelease(gate, { tag: 'v4.4.0' }))).toContain(
        'release-exists: aitbc v4.4.0 is published already',
      );
      await expectSoundLedger(gate);
    } finally {
      await gate.stop();
    }
  });

  const withPython = requireTool('pypiserver', hasPypiserver());
  test.skipIf(!withPython)(
    'half a release stops, keeps its plan, and is resumed without doing anything twice',
    async () => {
      const password = randomBytes(12).toString('hex');
      const packagesFolder = mkdtempSync(join(tmpdir(), 'countersign-pypi-'));
      const pypi = await startPypiserver({ packagesFolder, username: '__token__', password });
      const name = 'aitbc-agent-sdk';
      const options: GateOptions = {
        npmUrl: yard.npm.url,
        npmToken: yard.npmToken,
        pypiUrl: pypi.url,
        pypiPassword: 'wrong',
        packages: [...PACKAGES, { name, ecosystem: 'pypi' }],
      };
      const gate = await startGate(options);
      try {
        const packages = ['@aitbc/p5', name];
        const { release } = await openRelease(gate, { tag: 'v4.5.0', packages });
        const one = { name, version: '4.5.0', seed: 'one' };
        await upload(gate, release.id, await tarballOf('@aitbc/p5', '4.5.0'));
        await upload(gate, release.id, sampleWheel(one));
        await upload(gate, release.id, await sampleSdist(one));
        await until(gate, release.id, 'awaiting-approval');
        // the samples depend on what this registry does not have
        await approveKnowingly(gate, release.id, 'bob');
        await approveKnowingly(gate, release.id, 'carol');
        const half = await until(gate, release.id, 'partially-published');
        expect(half.effects.map((effect) => `${effect.kind} ${effect.state}`)).toContain(
          'publish done',
        );
        expect(Object.keys(await servedVersions(yard.npm, '@aitbc/p5'))).toEqual(['4.5.0']);
        expect((await packument(yard.npm, '@aitbc/p5')).tags).toHaveProperty('latest');

        // Whoever holds the database writes another plan: nothing of it is carried out.
        const rewrite = (from: string, to: string) =>
          tamper(gate, (database) => {
            database
              .prepare('update effects set target = replace(target, ?, ?) where release = ?')
              .run(from, to, release.id);
          });
        rewrite('"tag":"latest"', '"tag":"stable"');
        await gate.gateway.resume(person('bob'), release.id);
        expect(await whyWaiting(gate, release.id, /stored plan/)).toContain(
          'the stored plan of effects is not the one that follows from the signed manifest',
        );
        rewrite('"tag":"stable"', '"tag":"latest"');

        await putCredentials(gate, { ...options, pypiPassword: password });
        await gate.gateway.resume(person('bob'), release.id);
        const done = await until(gate, release.id, 'published', 'failed', 'partially-published');
        expect(done).toMatchObject({ state: 'published', reason: null });
        const intended = done.events.filter((event) => event.event === 'intend-publish');
        // npm once; the first Python file twice, since the first try was refused
        expect(intended.length).toBe(4);
        expect((await packument(yard.npm, '@aitbc/p5')).tags).toEqual({ latest: '4.5.0' });
        await expectSoundLedger(gate);
      } finally {
        await gate.stop();
        await pypi.stop();
        rmSync(packagesFolder, { recursive: true, force: true });
      }
    },
  );
});

describe('promise 1: what changed upstream since people signed', () => {
  test('the same version with other bytes is a conflict, and nothing is overwritten', async () => {
    const { gate, npm } = yard;
    const id = await submitApproved(gate, '@aitbc/p6', 'v4.6.0');
    await publishAround(yard, '@aitbc/p6', '4.6.0');
    const before = await packument(npm, '@aitbc/p6');
    expect(await publishRefused(gate, id)).toMatch(
      /^the publisher refused: @aitbc\/p6 4\.6\.0 is upstream already with other bytes/,
    );
    expect(await packument(npm, '@aitbc/p6')).toEqual(before);
    await gate.gateway.cancel(person('bob'), id, 'somebody was faster');
  });

  test('a dist-tag that moved since is not moved back', async () => {
    const { gate, npm } = yard;
    await publishAround(yard, '@aitbc/p7', '4.7.0');
    const id = await submitApproved(gate, '@aitbc/p7', 'v4.7.1');
    await publishAround(yard, '@aitbc/p7', '4.8.0');
    expect(await publishRefused(gate, id)).toMatch(
      /^the publisher refused: dist-tag latest of @aitbc\/p7 points at 4\.8\.0 now, the approvers signed a move from 4\.7\.0 to 4\.7\.1/,
    );
    expect((await packument(npm, '@aitbc/p7')).tags).toEqual({ latest: '4.8.0' });
  });
});

describe('promise 5: a registry that is away', () => {
  let proxy: Server;
  let isDown = false;
  beforeAll(async () => {
    const target = new URL(yard.npm.url);
    proxy = createServer((incoming, answer) => {
      if (isDown) return void incoming.socket.destroy();
      const onward = request(
        {
          host: target.hostname,
          port: target.port,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
        },
        (found) => {
          answer.writeHead(found.statusCode ?? 502, found.headers);
          found.pipe(answer);
        },
      );
      onward.on('error', () => answer.destroy());
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    proxy?.closeAllConnections();
    proxy?.close();
  });

  test('is waited for: before publishing, and once it is back everything goes on by itself', async () => {
    const { port } = proxy.address() as AddressInfo;
    const gate = await startGate({
      npmUrl: `http://127.0.0.1:${port}/`,
      npmToken: yard.npmToken,
      pypiUrl: null,
      packages: PACKAGES,
      policy: MANUAL,
    });
    try {
      const id = await submitApproved(gate, '@aitbc/p8', 'v4.9.0');
      isDown = true;
      const reason = await publishRefused(gate, id);
      expect(reason).toMatch(/^the publisher refused: .*127\.0\.0\.1/);
      expect((await gate.gateway.release(person('bob'), id)).state).toBe('approved');
      isDown = false;
      await until(gate, id, 'published');
      expect(Object.keys(await servedVersions(yard.npm, '@aitbc/p8'))).toEqual(['4.9.0']);
      await expectSoundLedger(gate);
    } finally {
      await gate.stop();
    }
  });
});

test('promise 3: the ledger of all this is sound', () => expectSoundLedger(yard.gate));
