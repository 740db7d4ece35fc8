/** CI without secrets: what a run gets, and who then counts as requester. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifest as manifestReader } from '../../src/core/manifest.ts';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { AUD, type CiYard, ONE, refOf, startCiYard, TWO } from '../ci-fixture.ts';
import { approve, openRelease, person, until } from '../gate-fixture.ts';
import { expectSoundLedger, refusal, servedVersions } from '../release-fixture.ts';
import { ACCOUNTS, COMMIT, gitlabClaims } from '../servers/ci-issuer.ts';

let ci: CiYard;
let patch = 0;
beforeAll(async () => {
  ci = await startCiYard();
});
afterAll(() => ci?.stop());

function nextTag(): string {
  patch += 1;
  return `v1.0.${patch}`;
}

describe('a run of the release workflow at the tag', () => {
  test('opens the release, uploads each package, and it ships with two signatures', async () => {
    const tag = nextTag();
    const view = await ci.submitted(tag);
    const id = view.id;
    await until(ci.gate, id, 'awaiting-approval');
    expect(view).toMatchObject({ tag, commit: COMMIT, opened: 'by-tag', requesters: ['alice'] });
    expect(view.runs).toEqual([
      {
        issuer: ci.github.url,
        actor: ACCOUNTS.alice,
        run: '77001',
        attempt: 1,
        holder: 'alice',
        identity: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(view.events.filter((one) => one.event === 'identify')).toHaveLength(2);
    await approve(ci.gate, id, 'bob');
    await approve(ci.gate, id, 'carol');
    await until(ci.gate, id, 'published');
    expect(Object.keys(await servedVersions(ci.npm, ONE))).toContain(tag.slice(1));

    const bundle = parseEvidence(await ci.gate.gateway.evidence(person('carol'), id));
    expect(bundle).toMatchObject({ statements: [], identities: [expect.any(String)] });
    const options = { trust: ci.gate.trust, now: new Date().toISOString() };
    const verified = await verifyEvidence(nodeCrypto, bundle, options);
    expect(verified.manifest.requesters).toMatchObject([{ person: 'alice', as: 'ci-actor' }]);
    const proofs = bundle.proofs.filter((one) => one.name !== 'identity-1');
    const unproven = { ...bundle, proofs };
    await expect(verifyEvidence(nodeCrypto, unproven, options)).rejects.toThrow('identity-1');
    // without the run, or with another one's token in its place, nothing says who asked
    const { identities: _, ...without } = bundle;
    await expect(verifyEvidence(nodeCrypto, { ...without, proofs }, options)).rejects.toThrow(
      'no signed statement says who opened',
    );
    const [identity = ''] = bundle.identities ?? [];
    const changed = identity.replace(
      /"token":"[^"]*"/,
      `"token":"${await ci.token(refOf(tag), { actor_id: ACCOUNTS.nobody })}"`,
    );
    await expect(
      verifyEvidence(nodeCrypto, { ...bundle, identities: [changed] }, options),
    ).rejects.toThrow('the manifest names other');
    const key = {
      ...JSON.parse(identity),
      key: { kty: 'RSA', n: ci.gitlab.publicKey.x, e: 'AQAB' },
    };
    await expect(
      verifyEvidence(nodeCrypto, { ...bundle, identities: [JSON.stringify(sorted(key))] }, options),
    ).rejects.toThrow();
  });

  test('of GitLab likewise, whoever the numbers of its people are', async () => {
    const tag = nextTag();
    const site = new URL(ci.gitlab.url).host;
    const token = await ci.gitlab.sign({ aud: AUD, ...gitlabClaims(site, tag, { user_id: '7' }) });
    await ci.exchange(token);
    expect(await ci.newest(tag)).toMatchObject({ requesters: ['alice'], runs: [{ run: '88001' }] });
    const again = await ci.gitlab.sign({
      aud: AUD,
      ...gitlabClaims(site, tag, { project_id: '9' }),
    });
    expect(await refusal(ci.exchange(again))).toContain('the run is of repository 9, not 1001');
    await ci.cancel(tag);
  });

  test('at a protected branch takes the release that was opened for its commit', async () => {
    const tag = nextTag();
    const main = 'refs/heads/main';
    const commit = ci.repository.second;
    ci.repository.removeTag(tag);
    expect(await ci.refused(main, { sha: commit })).toContain(
      `no release of aitbc is open for commit ${commit}`,
    );
    const { release } = await openRelease(ci.gate, {
      tag,
      commit,
      opened: 'by-commit',
      by: 'bob',
    });
    await ci.exchange(await ci.token(main, { sha: commit }));
    expect((await ci.gate.gateway.release(person('carol'), release.id)).requesters).toEqual([
      'bob',
      'alice',
    ]);
    expect(await ci.refused('refs/heads/feature', { sha: commit })).toContain(
      'which is no protected branch of the project',
    );
    expect(await ci.refused(main, { sha: 'e'.repeat(40) })).toContain(
      'no release of aitbc is open for',
    );
    expect(await ci.refused(refOf(tag))).toContain(
      `the run is of commit ${COMMIT}, the release of ${commit}`,
    );
    await ci.gate.gateway.cancel(person('alice'), release.id, null);
  });

  test('a tag that fits no policy opens nothing', async () => {
    expect(await ci.refused('refs/tags/nightly')).toContain(
      'malformed-tag: tag "nightly" is refused',
    );
    expect(await ci.refused('refs/tags/v1.0')).toContain('malformed-tag');
  });
});

/** Keys in order, as canonical JSON has them. */
function sorted(value: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('promise 8: who is behind a run', () => {
  test('does not approve what the run asked for', async () => {
    const { id } = await ci.submitted(nextTag());
    expect(await refusal(approve(ci.gate, id, 'alice'))).toContain(
      'alice is the requester, whom the policy excludes',
    );
    await ci.gate.gateway.cancel(person('alice'), id, null);
  });

  test('an account that nobody has asks for one more signature', async () => {
    const view = await ci.submitted(nextTag(), { actor_id: ACCOUNTS.nobody });
    expect(view).toMatchObject({ requesters: [], needsAdoption: false, runs: [{ holder: null }] });
    await approve(ci.gate, view.id, 'bob');
    const second = await approve(ci.gate, view.id, 'carol');
    expect(second).toMatchObject({ state: 'awaiting-approval' });
    expect(second.quorum?.missing).toEqual(['1 more of 3 people']);
    expect(await approve(ci.gate, view.id, 'alice')).toMatchObject({ quorum: { met: true } });
    await until(ci.gate, view.id, 'published');
  });

  test('a run that was started again asks for one more, however often it was', async () => {
    const tag = nextTag();
    await ci.publish(tag, ONE, { run_attempt: '2', actor_id: ACCOUNTS.nobody });
    await ci.publish(tag, TWO, { run_attempt: '3', actor_id: ACCOUNTS.bob });
    const view = await until(ci.gate, (await ci.newest(tag)).id, 'awaiting-approval');
    expect(view).toMatchObject({ requesters: ['bob'], runs: [{ attempt: 2 }, { attempt: 3 }] });
    await approve(ci.gate, view.id, 'alice');
    expect((await approve(ci.gate, view.id, 'carol')).quorum?.missing).toEqual([
      '1 more of 3 people',
    ]);
    await ci.gate.gateway.cancel(person('alice'), view.id, null);
  });

  test('the manifest that people sign says so', async () => {
    const view = await ci.submitted(nextTag(), { run_attempt: '2' });
    const review = await ci.gate.gateway.review(person('bob'), view.id);
    const read = manifestReader(JSON.parse(review.manifest), 'manifest');
    expect(read.ci).toEqual(view.runs);
    expect(read.requesters).toMatchObject([{ person: 'alice', as: 'ci-actor' }]);
    await ci.gate.gateway.cancel(person('alice'), view.id, null);
  });

  test('a bot’s run waits until somebody adopts it', async () => {
    const tag = nextTag();
    await ci.publish(tag, ONE, { actor_id: ACCOUNTS.robot });
    await ci.publish(tag, TWO, { actor_id: ACCOUNTS.robot });
    const { id } = await ci.newest(tag);
    const deadline = Date.now() + 25_000;
    while ((await ci.newest(tag)).reason === null && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(await ci.newest(tag)).toMatchObject({
      state: 'inspecting',
      needsAdoption: true,
      reason: expect.stringContaining('until somebody adopts it'),
    });
    await ci.gate.gateway.cancel(person('alice'), id, null);
  });
});

test('the ledger of all this is sound', () => expectSoundLedger(ci.gate));
