import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonId } from '../../src/core/names.ts';
import { encodeInstanceStatement } from '../../src/evidence/signed-statement.ts';
import { encodeBase64url } from '../../src/formats/base64.ts';
import { runCli } from '../cli-fixture.ts';
import { person } from '../gate-fixture.ts';
import { createTestPasskey, type TestPasskey } from '../passkey-fixture.ts';
import { refusal, submitForApproval } from '../release-fixture.ts';
import {
  type Device,
  hasChromium,
  openDevice,
  rawRequest,
  type Stage,
  signIn,
  startStage,
} from './browser-fixture.ts';

describe.skipIf(!hasChromium())('promise 8: sessions of a browser, in Chromium', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage?.stop());

  const own = () => stage.yard.gate.gateway;
  const cookieOf = async ({ page }: Device, path: string) =>
    (await page.context().cookies()).find((one) => one.path === path) ?? expect.fail('no cookie');
  const headerOf = async (device: Device, path: string) => {
    const { name, value } = await cookieOf(device, path);
    return { cookie: `${name}=${value}` };
  };
  const api = (path: string) => `${stage.origin}/sign-in/api/${path}`;
  const json = { 'content-type': 'application/json' };
  const post = (path: string, headers: Record<string, string>, body: unknown = {}) =>
    rawRequest(api(path), {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify(body),
    });

  /** The command line, as alice, reaching the gate under its public name. */
  async function cli(group: string, command: string, ...argv: string[]) {
    const { gate } = stage.yard;
    const { challenge, genesis, origin } = await own().challenge();
    const predicate = {
      schema: 'countersign/session/v1',
      ...{ genesis, origin, challenge },
      issuedAt: new Date().toISOString(),
    };
    const payload = encodeInstanceStatement('session', gate.digest, predicate);
    const { token } = await own().openSession(gate.keys.alice.sign('session', payload));
    const run = await runCli([group, command, '--json', ...argv], {
      env: { COUNTERSIGN_SERVER: stage.origin, COUNTERSIGN_TOKEN: token },
      fetch: async (input, init) => {
        const headers = Object.fromEntries(new Headers(init?.headers));
        const method = init?.method ?? 'GET';
        const answer = await rawRequest(String(input), { method, headers });
        return new Response(answer.body, {
          status: answer.status,
          headers: { 'content-type': String(answer.headers['content-type']) },
        });
      },
    });
    expect(run.stderr).toBe('');
    return JSON.parse(run.stdout);
  }

  test('the cookie is short, for one path, and no script reads it', async () => {
    const device = await openDevice(stage);
    await signIn(stage, device, 'bob');
    const cookie = await cookieOf(device, '/sign-in/');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/sign-in/' });
    expect(cookie.domain).toBe('release.localhost');
    expect(cookie.expires * 1000 - Date.now()).toBeLessThanOrEqual(600_000);
    expect(await device.page.evaluate('document.cookie')).toBe('');
    // what stands in the cookie opens nothing else
    expect(await refusal(own().identify(cookie.value))).toContain('is no bearer token');
    expect(await refusal(own().identifyBrowser(cookie.value, 'approval'))).toContain(
      'this session is for sign-in, not for approval',
    );
  });

  test('a link enrols once, and only whom it was made for', async () => {
    const bob = await own().linkPasskey(person('bob'));
    const device = await openDevice(stage);
    const { page } = device;
    await page.goto(bob.url);
    await page.getByRole('button', { name: 'Enrol' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(page.url()).not.toContain(bob.token);
    expect(await refusal(own().readPasskeyLink(bob.token))).toContain('unknown, used or older');
    const other = await openDevice(stage);
    await other.page.goto(bob.url);
    await other.page.locator('#message.bad').waitFor();
    const names = (await own().passkeys(person('alice'))).map((one) => one.person);
    expect(new Set(names)).toEqual(new Set(['bob']));
    expect(await refusal(own().linkPasskey({ kind: 'anonymous' }))).toContain('unauthenticated');
  });

  test('another page cannot act for a person who is signed in', async () => {
    const device = await openDevice(stage);
    await signIn(stage, device, 'carol');
    const headers = await headerOf(device, '/sign-in/');
    const [approval = ''] = stage.approval.origins;
    for (const origin of [approval, 'http://evil.localhost', 'null']) {
      expect(await post('leave', { ...headers, origin })).toMatchObject({ status: 403 });
    }
    expect(await post('leave', headers)).toMatchObject({ status: 403 });
    const withoutToken = await post('leave', { ...headers, origin: stage.origin });
    expect(withoutToken).toMatchObject({
      status: 403,
      body: expect.stringContaining('does not come from the page that is open'),
    });
    const form = { ...headers, origin: stage.origin, 'content-type': 'text/plain' };
    expect(await post('leave', form)).toMatchObject({ status: 400 });

    // in the browser itself: a form and a script of another site, with the cookie at hand
    const page = await device.page.context().newPage();
    const hostile = `http://evil.localhost:${new URL(stage.origin).port}/`;
    const html = `<!doctype html><form method="post" action="${api('leave')}"></form>`;
    await page.route(hostile, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto(hostile);
    const script = `fetch(${JSON.stringify(api('leave'))}, { method: 'POST', credentials: 'include',
      headers: { 'content-type': 'application/json' }, body: '{}' }).then(() => 'sent', () => 'blocked')`;
    expect(await page.evaluate(script)).toBe('blocked');
    await page.evaluate('document.forms[0].submit()');
    await page.waitForURL(api('leave'));
    await device.page.reload();
    await device.page.getByRole('heading', { name: 'Releases that wait' }).waitFor();
  });

  test('anyone ends a session from the command line, and signing out ends both', async () => {
    await submitForApproval(stage.yard.gate, '@aitbc/p3', 'v3.0.0');
    const device = await openDevice(stage, stage.bob);
    const { page } = device;
    await signIn(stage, device, 'bob');
    const look = async () => {
      await page.getByRole('button', { name: 'Look at v3.0.0' }).click();
      await page.getByRole('heading', { name: 'aitbc v3.0.0' }).waitFor();
    };
    await look();
    const { sessions } = await cli('session', 'list');
    const approving = sessions.findLast((one: { via: string }) => one.via === 'approval');
    expect(approving).toMatchObject({ holder: 'bob', kind: 'person' });
    expect(approving.key).toMatch(/^webauthn:/);
    const left = await cli('session', 'revoke', approving.id);
    expect(left.sessions.map((one: { id: string }) => one.id)).not.toContain(approving.id);
    await page.getByLabel('Type the version').fill('3.0.0');
    await page.getByRole('button', { name: 'Approve with passkey' }).click();
    await page.getByText('this session is unknown, expired or closed').waitFor();

    await page.goto(`${stage.origin}/sign-in/`);
    await look();
    const held = await headerOf(device, '/approve/');
    await page.goto(`${stage.origin}/sign-in/`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').waitFor();
    const [origin = ''] = stage.approval.origins;
    const after = await rawRequest(`${origin}/approve/api/session`, { headers: held });
    expect(after.status).toBe(401);
  });

  test('a passkey that is revoked signs nobody in, and its sessions end', async () => {
    const device = await openDevice(stage);
    await signIn(stage, device, 'carol');
    const { passkeys } = await cli('passkey', 'list');
    const mine = passkeys.findLast((one: { person: string }) => one.person === 'carol');
    await cli('passkey', 'revoke', '--', mine.credentialId);
    await device.page.reload();
    await device.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await device.page.getByRole('button', { name: 'Sign in' }).click();
    await device.page.getByText('this passkey does not sign in here').waitFor();
  });

  test('each host name has its own pages and nothing of the other', async () => {
    const [approval = ''] = stage.approval.origins;
    const { port } = new URL(stage.origin);
    const found = async (url: string) => (await rawRequest(url)).status;
    expect(await found(`${stage.origin}/sign-in/`)).toBe(200);
    expect(await found(`${approval}/approve/enrol`)).toBe(200);
    expect(await found(`${stage.origin}/approve/enrol`)).toBe(404);
    expect(await found(`${approval}/sign-in/`)).toBe(404);
    expect(await found(`http://localhost:${port}/sign-in/`)).toBe(404);
    expect(await found(`${approval}/api/v1/health`)).toBe(404);
    expect(await found(`${approval}/npm/`)).toBe(404);
    expect(await found(`${approval}/log/checkpoint`)).toBe(404);
    expect(await found(`${stage.origin}/api/v1/health`)).toBe(200);
    expect(await found(`${approval}/approve/assets/enrol.html`)).toBe(404);
    expect(await found(`${approval}/approve/assets/..%2fpackage.json`)).toBe(404);
    const { headers } = await rawRequest(`${approval}/approve/enrol`);
    expect(headers['content-security-policy']).toContain("script-src 'self'; style-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  describe('signing in past the browser', () => {
    const settings = () => ({ relyingParty: 'release.localhost', origins: [stage.origin] });
    let passkey: TestPasskey;
    const answer = async (parts: Parameters<TestPasskey['assert']>[0] | null = null) => {
      const { challenge } = await own().signInQuestion();
      const bytes = new Uint8Array(Buffer.from(challenge, 'base64url'));
      const { origins, relyingParty } = settings();
      const [origin = ''] = origins;
      const assertion = passkey.assert({ challenge: bytes, origin, relyingParty, ...parts });
      return { challenge, assertion };
    };
    const wire = ({ challenge, assertion }: Awaited<ReturnType<typeof answer>>) => ({
      challenge,
      assertion: {
        credentialId: assertion.credentialId,
        authenticatorData: encodeBase64url(assertion.authenticatorData),
        clientDataJSON: encodeBase64url(assertion.clientDataJSON),
        signature: encodeBase64url(assertion.signature),
      },
    });
    beforeAll(async () => {
      passkey = createTestPasskey(-7, settings());
      const { token } = await own().linkPasskey({ kind: 'person', personId: 'alice' as PersonId });
      const { credentialId, publicKey, algorithm } = passkey;
      const key = { credentialId, algorithm, publicKey: Buffer.from(publicKey).toString('base64') };
      await own().enrolSignIn(token, { ...key, name: 'test' }, await answer());
    });

    test('a challenge is taken once, and only one of ours', async () => {
      const once = await answer();
      await own().signIn(once);
      expect(await refusal(own().signIn(once))).toContain(
        'the challenge is unknown, used or older',
      );
      const challenge = encodeBase64url(new Uint8Array(64));
      const bytes = new Uint8Array(64);
      const forged = { ...(await answer({ ...partsOf(bytes) })), challenge };
      expect(await refusal(own().signIn(forged))).toContain('the challenge is unknown');
    });

    const partsOf = (challenge: Uint8Array) => ({
      challenge,
      origin: stage.origin,
      relyingParty: 'release.localhost',
    });

    test('an approval origin, a frame or nobody verified does not sign in', async () => {
      const { challenge } = await own().signInQuestion();
      const parts = partsOf(new Uint8Array(Buffer.from(challenge, 'base64url')));
      const [approval = ''] = stage.approval.origins;
      for (const wrong of [
        { origin: approval },
        { relyingParty: 'approve.localhost' },
        { flags: 0x01 },
        { clientData: { crossOrigin: true } },
      ]) {
        const assertion = passkey.assert({ ...parts, ...wrong });
        expect(await refusal(own().signIn({ challenge, assertion }))).toContain(
          'unauthenticated: this passkey does not sign in here',
        );
      }
    });

    test('who fails too often waits, whatever the address', async () => {
      const statuses: number[] = [];
      for (let round = 0; round < 12; round += 1) {
        const wrong = wire(await answer({ ...partsOf(new Uint8Array(32)) }));
        const headers = { origin: stage.origin, 'x-forwarded-for': `192.0.2.${round}` };
        const { status, body } = await post('session', headers, wrong);
        statuses.push(status);
        if (status === 429) expect(body).toContain('credentials of this person were not valid');
      }
      expect(statuses).toEqual([...new Array(10).fill(401), 429, 429]);
      const right = wire(await answer());
      const headers = { origin: stage.origin, 'x-forwarded-for': '192.0.2.99' };
      expect(await post('session', headers, right)).toMatchObject({ status: 429 });
    });
  });
});
