/** Runs that are not the bound ones, tokens that are none, and credentials in other hands. */

import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AUD, type CiYard, ELSEWHERE, ONE, refOf, startCiYard, TWO } from '../ci-fixture.ts';
import { approve, openRelease, person, until } from '../gate-fixture.ts';
import {
  expectSoundLedger,
  refusal,
  servedVersions,
  tamper,
  tarballOf,
  whyWaiting,
} from '../release-fixture.ts';
import { type Claims, githubClaims, startCiIssuer } from '../servers/ci-issuer.ts';

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

describe('promise 8: a run that is not the bound one gets nothing', () => {
  test.each<[string, Claims, string]>([
    [
      'another repository',
      { repository_id: '9', repository: 'evil/aitbc' },
      'of repository 9, not 1001',
    ],
    [
      'a repository of the same name with another number',
      { repository_id: '1002' },
      'repository 1002',
    ],
    ['another owner', { repository_owner_id: '9' }, 'belongs to owner 9'],
    [
      'another workflow',
      { job_workflow_ref: 'example/aitbc/.github/workflows/x.yml@refs/heads/x' },
      'the workflow is',
    ],
    ['another environment', { environment: 'staging' }, 'in environment staging, not release'],
    [
      'a pull request from a fork',
      { event_name: 'pull_request_target', head_ref: 'evil' },
      'started by pull_request',
    ],
    ['an SSH rerun', { ssh_rerun: 'true' }, 'started again over SSH'],
    ['two audiences', { aud: [AUD, 'other'] }, 'claim aud: expected'],
  ])('%s', async (_what, changes, why) => {
    const answer = await ci.refused(refOf(nextTag()), changes);
    expect(answer).toMatch(/^identity-refused: /);
    expect(answer).toContain(why);
  });

  test.each<[string, Claims, string]>([
    ['one that expired', { iat: now(-400), nbf: now(-400), exp: now(-100) }, 'expired'],
    ['one that just expired', { exp: now(-30) }, 'expired'],
    ['an old one with a long life', { iat: now(-900), exp: now(9000) }, 'expired or is too old'],
    ['one of the future', { iat: now(900), nbf: now(900), exp: now(9000) }, 'claim'],
    ['one that is not good yet', { nbf: now(900) }, 'claim nbf'],
    ['one for another registry', { aud: 'npm:registry.example.com' }, 'claim aud'],
    ['one for PyPI', { aud: 'pypi' }, 'claim aud'],
    ['one without a name of its own', { jti: undefined }, 'claim jti'],
    [
      'one of an issuer that nobody named',
      { iss: 'https://evil.example' },
      'no project takes tokens of',
    ],
  ])('%s', async (_what, changes, why) => {
    const answer = await ci.refused(refOf(nextTag()), changes);
    expect(answer).toMatch(/^(unauthenticated|identity-refused): /);
    expect(answer).toContain(why);
  });

  test('a token is good once, and a refused one is no used one', async () => {
    const tag = nextTag();
    const token = await ci.token(refOf(tag));
    expect(await refusal(ci.exchange(token, '@aitbc/other'))).toContain(
      'no project has the npm package',
    );
    await ci.exchange(token);
    expect(await refusal(ci.exchange(token))).toContain('the token was used before');
    expect(await refusal(ci.exchange(token, TWO))).toContain('the token was used before');
    const { events, id } = await ci.newest(tag);
    expect(events.filter((one) => one.event === 'refuse-run')).toMatchObject([
      { actor: 'ci:alice', reason: 'the CI run may not ask: the token was used before' },
    ]);
    await ci.gate.gateway.cancel(person('alice'), id, null);
  });

  test('a token without signature, or signed with the public key, is none', async () => {
    const [header, claims] = (await ci.token(refOf(nextTag()))).split('.');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    expect(await refusal(ci.exchange(`${part({ alg: 'none' })}.${claims}.`))).toContain(
      'expected algorithm',
    );
    const pem = createPublicKey({ key: ci.github.publicKey as JsonWebKey, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    const signed = `${part({ alg: 'HS256', kid: 'one' })}.${claims}`;
    const mac = createHmac('sha256', pem).update(signed).digest('base64url');
    expect(await refusal(ci.exchange(`${signed}.${mac}`))).toContain(
      'expected algorithm RS256 or ES256',
    );
    const noise = Buffer.alloc(256, 7).toString('base64url');
    expect(await refusal(ci.exchange(`${header}.${claims}.${noise}`))).toContain(
      'its signature is not of a key',
    );
  });

  test('a key that the issuer does not show is none, and asking for it does not flood the issuer', async () => {
    const before = ci.github.keyRequests();
    for (let count = 0; count < 5; count += 1) {
      const token = await ci.github.sign(
        { aud: AUD, ...githubClaims(refOf('v9.9.9')) },
        { kid: 'two' },
      );
      expect(await refusal(ci.exchange(token))).toContain('it names no key that');
    }
    expect(ci.github.keyRequests() - before).toBeLessThanOrEqual(1);
    const other = await startCiIssuer('RS256');
    const forged = await other.sign({
      iss: ci.github.url,
      aud: AUD,
      ...githubClaims(refOf('v9.9.9')),
    });
    await other.stop();
    expect(await refusal(ci.exchange(forged))).toContain('its signature is not of a key');
  });

  test('a binding that was signed for another gateway is none', async () => {
    const answer = await ci.refused(refOf(nextTag()), { repository_id: ELSEWHERE });
    expect(answer).toContain(
      `identity-refused: the CI run may not ask: the run is of repository ${ELSEWHERE}`,
    );
  });
});

function now(offset: number): number {
  return Math.floor(Date.now() / 1000) + offset;
}

describe('promise 8: a stolen upload credential', () => {
  test('uploads one package and nothing else, and ends with sealing', async () => {
    const tag = nextTag();
    const { gateway } = ci.gate;
    const { token, createdAt, expiresAt } = await ci.exchange(await ci.token(refOf(tag)));
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(900_000);
    const { id } = await ci.newest(tag);
    const caller = await gateway.identify(token);
    expect(caller).toEqual({
      kind: 'upload',
      release: id,
      packages: [{ ecosystem: 'npm', package: ONE }],
    });
    expect(await refusal(ci.send(token, await tarballOf(TWO, tag.slice(1))))).toContain(
      `forbidden: this credential is for ${ONE}, found`,
    );
    for (const attempt of [
      gateway.cancel(caller, id, null),
      gateway.seal(caller, id),
      gateway.inspectAgain(caller, id),
    ]) {
      expect(await refusal(attempt)).toContain('forbidden: the credential of a CI run uploads');
    }
    await ci.send(token, await tarballOf(ONE, tag.slice(1)));
    await ci.publish(tag, TWO);
    await until(ci.gate, id, 'awaiting-approval');
    const other = await tarballOf(ONE, tag.slice(1), { files: { 'package/evil.js': 'evil' } });
    expect(await refusal(ci.send(token, other))).toContain('artifact-differs');
    expect(await ci.refused(refOf(tag))).toContain('is awaiting-approval: nothing can be added');
    await gateway.cancel(person('alice'), id, null);
  });

  test('ends when its client says that it has sent everything', async () => {
    const tag = nextTag();
    const { token } = await ci.exchange(await ci.token(refOf(tag)));
    await ci.gate.gateway.endUpload('csu_none');
    expect(await ci.gate.gateway.identify(token)).toMatchObject({ kind: 'upload' });
    await ci.gate.gateway.endUpload(token);
    expect(await refusal(ci.gate.gateway.identify(token))).toContain('unauthenticated');
    await ci.cancel(tag);
  });

  test('ends after a quarter of an hour', async () => {
    const tag = nextTag();
    const { token } = await ci.exchange(await ci.token(refOf(tag)));
    const clock = ci.gate.deps.clock as { now: () => string };
    const before = clock.now;
    clock.now = () => new Date(Date.now() + 901_000).toISOString();
    try {
      expect(await refusal(ci.gate.gateway.identify(token))).toContain(
        'unauthenticated: this upload credential is unknown or has expired',
      );
    } finally {
      clock.now = before;
    }
    await ci.cancel(tag);
  });
});

test('promise 8: a web process that drops the person behind a run ships nothing', async () => {
  const tag = nextTag();
  const { gate, npm } = ci;
  const { release } = await openRelease(gate, { tag, by: 'bob' });
  const credentials = [
    await ci.exchange(await ci.token(refOf(tag)), ONE),
    await ci.exchange(await ci.token(refOf(tag)), TWO),
  ];
  tamper(gate, (database) => {
    database.prepare('delete from ci_identities where release = ?').run(release.id);
  });
  for (const [at, name] of [ONE, TWO].entries()) {
    await ci.send(credentials[at]?.token ?? '', await tarballOf(name, tag.slice(1)));
  }
  const view = await until(gate, release.id, 'awaiting-approval');
  expect(view).toMatchObject({ requesters: ['bob'], runs: [] });
  await approve(gate, release.id, 'alice');
  await approve(gate, release.id, 'carol');
  expect(await whyWaiting(gate, release.id, /the publisher refused/)).toMatch(
    /the ledger says that release \S+ was asked for by [0-9a-f]{64}, which the store does not show/,
  );
  expect(await servedVersions(npm, ONE)).toEqual({});
});

test('the ledger of all this is sound', () => expectSoundLedger(ci.gate));
