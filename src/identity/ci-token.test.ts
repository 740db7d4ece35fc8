import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { refusal } from '../../test/release-fixture.ts';
import { type CiIssuer, startCiIssuer } from '../../test/servers/ci-issuer.ts';
import { createCiTokens } from './ci-token.ts';

const aud = 'npm:release.example.com';

describe('promise 5: an issuer that does not answer as it should', () => {
  test.each<[string, Parameters<CiIssuer['answerWith']>[0], string]>([
    [
      'sends elsewhere',
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      'expected status 200, found 302',
    ],
    [
      'is another',
      (response) => response.end(JSON.stringify({ issuer: 'x', jwks_uri: 'http://127.0.0.1:9/' })),
      'names another issuer or no keys',
    ],
    ['floods', (response) => response.end('x'.repeat(300_000)), 'more than 262144 bytes'],
    ['is broken', (response) => response.destroy(), 'could not be asked'],
  ])('one that %s', async (_what, answer, why) => {
    const fresh = await startCiIssuer();
    fresh.answerWith(answer);
    const token = await fresh.sign({ aud });
    const at = new Date().toISOString();
    const told = await refusal(createCiTokens().verify(token, fresh.url, [aud], at));
    expect(told).toMatch(/^issuer-unreachable: /);
    expect(told).toContain(why);
    await fresh.stop();
  });

  test('keys at another host, or without TLS, are nobody’s', async () => {
    const fresh = await startCiIssuer();
    const token = await fresh.sign({ aud, jti: randomUUID() });
    fresh.answerWith((response) =>
      response.end(JSON.stringify({ issuer: fresh.url, jwks_uri: 'http://127.0.0.1:9/keys' })),
    );
    const at = new Date().toISOString();
    expect(await refusal(createCiTokens().verify(token, fresh.url, [aud], at))).toContain(
      'its keys are at another host',
    );
    expect(
      await refusal(createCiTokens().verify(token, 'http://ci.example.com', [aud], at)),
    ).toContain('expected an https address');
    await fresh.stop();
  });
});
