import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseId } from '../../src/core/names.ts';
import type { SignedStatement } from '../../src/evidence/signed-statement.ts';
import { decodeBase64, decodeBase64url, encodeHex } from '../../src/formats/base64.ts';
import { paeOfStatement, STATEMENT_PAYLOAD_TYPE } from '../../src/formats/dsse.ts';
import { encodeAssertion, passkeyKeyId } from '../../src/formats/webauthn.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { person } from '../gate-fixture.ts';
import { refusal, submitForApproval } from '../release-fixture.ts';
import {
  type Device,
  hasChromium,
  messageOf,
  openDevice,
  type Stage,
  signIn,
  startStage,
} from './browser-fixture.ts';

const decision = { decision: 'approve', acknowledged: [], waived: [], reason: null } as const;

/** What a hostile page gets when it asks for a signature; the name of the error where it gets none. */
async function askFrom(
  where: Pick<Page, 'evaluate'>,
  question: {
    readonly challenge: string;
    readonly relyingParty: string;
    readonly credentialId?: string;
    readonly userVerification?: string;
  },
): Promise<string | { id: string; data: string; client: string; signature: string }> {
  return where.evaluate(async ({ challenge, relyingParty, credentialId, userVerification }) => {
    const bytes = (text: string) =>
      Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) =>
        one.charCodeAt(0),
      );
    const url = (buffer: ArrayBuffer) =>
      btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replace(/=+$/, '');
    // the browser's own types are not those of this file
    // biome-ignore lint/suspicious/noExplicitAny: runs in the page
    const { credentials } = (globalThis as any).navigator;
    try {
      const allowCredentials =
        credentialId === undefined ? [] : [{ type: 'public-key', id: bytes(credentialId) }];
      const { rawId, response } = await credentials.get({
        publicKey: {
          challenge: bytes(challenge),
          rpId: relyingParty,
          allowCredentials,
          userVerification: userVerification ?? 'required',
          timeout: 3000,
        },
      });
      return {
        id: url(rawId),
        data: url(response.authenticatorData),
        client: url(response.clientDataJSON),
        signature: url(response.signature),
      };
    } catch (error) {
      return error instanceof Error ? error.name : 'no error';
    }
  }, question);
}

describe.skipIf(!hasChromium())('promise 8: a page that is not ours, in Chromium', () => {
  let stage: Stage;
  let release: ReleaseId;
  let payload: Uint8Array;
  let challenge: string;
  beforeAll(async () => {
    stage = await startStage();
    release = await submitForApproval(stage.yard.gate, '@aitbc/p0', 'v1.0.0');
    const { gateway } = stage.yard.gate;
    payload = decodeBase64(await gateway.composeApproval(person('bob'), release, decision));
    challenge = Buffer.from(await nodeCrypto.sha256(paeOfStatement(payload))).toString('base64url');
  });
  afterAll(() => stage?.stop());

  async function statementOf(
    answer: Awaited<ReturnType<typeof askFrom>>,
  ): Promise<SignedStatement> {
    if (typeof answer === 'string') throw new Error(`the browser gave no signature: ${answer}`);
    const sig = encodeAssertion({
      credentialId: answer.id,
      authenticatorData: decodeBase64url(answer.data),
      clientDataJSON: decodeBase64url(answer.client),
      signature: decodeBase64url(answer.signature),
    });
    const keyid = await passkeyKeyId(stage.bob.publicKey, nodeCrypto);
    const envelope = { payloadType: STATEMENT_PAYLOAD_TYPE, payload, signature: { keyid, sig } };
    return { signature: 'webauthn', envelope } as SignedStatement;
  }

  const approveWith = async (answer: Awaited<ReturnType<typeof askFrom>>) =>
    refusal(stage.yard.gate.gateway.approve(person('bob'), release, await statementOf(answer)));

  /** A page under any host name, whatever is served there. */
  async function openAt(device: Device, url: string, html = '<p>hello</p>'): Promise<Page> {
    await device.page.route(url, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html>${html}` }),
    );
    await device.page.goto(url);
    return device.page;
  }

  const approvalPort = () => new URL(stage.origin).port;

  test('a hostile login page cannot ask the approval passkey at all', async () => {
    const device = await openDevice(stage, stage.bob);
    const page = await openAt(device, `${stage.origin}/hostile`);
    const question = { challenge, relyingParty: 'approve.localhost' };
    expect(await askFrom(page, question)).toBe('SecurityError');
  });

  test('a page below the approval host gets a signature that is refused for its origin', async () => {
    const device = await openDevice(stage, stage.bob);
    const page = await openAt(device, `http://evil.approve.localhost:${approvalPort()}/`);
    const answer = await askFrom(page, { challenge, relyingParty: 'approve.localhost' });
    expect(await approveWith(answer)).toContain(
      `expected ${stage.approval.origins[0]}, found "http://evil.approve.localhost`,
    );
  });

  test('a signature of the sign-in passkey does not approve', async () => {
    const device = await openDevice(stage);
    await signIn(stage, device, 'bob');
    const relyingParty = 'release.localhost';
    const answer = await askFrom(device.page, { challenge, relyingParty });
    expect(await approveWith(answer)).toContain('expected a signature by a key of the roster');
    if (typeof answer === 'string') throw new Error(answer);
    const disguised = { ...answer, id: stage.bob.credentialId };
    expect(await approveWith(disguised)).toMatch(/^signature-invalid: .*found "http:\/\/release/);
  });

  test('a device that verifies nobody gives a signature that is refused', async () => {
    const device = await openDevice(stage, stage.bob, { hasUserVerification: false });
    const [origin = ''] = stage.approval.origins;
    const page = await openAt(device, `${origin}/approve/nobody`);
    const question = { challenge, relyingParty: 'approve.localhost' };
    expect(await askFrom(page, question)).toBe('NotAllowedError');
    const { credentialId } = stage.bob;
    const weak = await askFrom(page, {
      ...question,
      credentialId,
      userVerification: 'discouraged',
    });
    expect(await approveWith(weak)).toContain('the device did not verify the person');
  });

  test('a frame of another page gets a signature that is refused, and our pages stand in none', async () => {
    const device = await openDevice(stage, stage.bob);
    const [origin = ''] = stage.approval.origins;
    const { page } = device;
    await page.route(`${origin}/framed`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>framed</p>' }),
    );
    const frameOf = (url: string) =>
      `<iframe src="${url}" allow="publickey-credentials-get ${origin}"></iframe>`;
    const frames = `${frameOf(`${origin}/framed`)}${frameOf(`${origin}/approve/enrol`)}`;
    await openAt(device, `${stage.origin}/frames`, frames);
    const framed = page.frames().find((one) => one.url() === `${origin}/framed`);
    if (framed === undefined) throw new Error('no frame');
    const answer = await askFrom(framed, { challenge, relyingParty: 'approve.localhost' });
    expect(await approveWith(answer)).toContain('the page stood in a frame of another origin');
    const ours = page.frames().find((one) => one.url() === `${origin}/approve/enrol`);
    expect(await ours?.locator('#heading').count()).not.toBe(1);
  });

  test('a signature over other bytes than the statement is refused', async () => {
    const device = await openDevice(stage, stage.bob);
    const [origin = ''] = stage.approval.origins;
    const page = await openAt(device, `${origin}/approve/other`);
    const other = encodeHex(new Uint8Array(randomBytes(32)));
    const question = { relyingParty: 'approve.localhost', challenge: other.slice(0, 43) };
    expect(await approveWith(await askFrom(page, question))).toContain(
      'the challenge is not their hash',
    );
  });

  test('a gateway that wants something else signed than the page shows gets nothing', async () => {
    const device = await openDevice(stage, stage.bob);
    const { page } = device;
    await signIn(stage, device, 'bob');
    await page.route('**/statement', async (route) => {
      const { gateway } = stage.yard.gate;
      const composed = await gateway.composeApproval(person('bob'), release, decision);
      const text = Buffer.from(composed, 'base64').toString('utf8');
      const other = text.replace(/"attempt":1/, '"attempt":2');
      await route.fulfill({ json: { payload: Buffer.from(other).toString('base64') } });
    });
    await page.getByRole('button', { name: 'Look at v1.0.0' }).click();
    await page.getByLabel('Type the version').fill('1.0.0');
    await page.getByRole('button', { name: 'Approve with passkey' }).click();
    await page.locator('#message.bad').waitFor();
    expect(await messageOf(page)).toContain('wants something else signed than this page shows');
    const { quorum } = await stage.yard.gate.gateway.release(person('alice'), release);
    expect(quorum?.counted).toEqual([]);
  });
});
