import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sha256 } from '../../src/core/names.ts';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { openEnrolment } from '../../src/evidence/enrolment.ts';
import { signedFromJson } from '../../src/evidence/signed-statement.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { decodeCanonical } from '../../src/formats/canonical.ts';
import { decodeStatement } from '../../src/formats/in-toto.ts';
import { encodeUtf8 } from '../../src/formats/text.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { approve, person, until } from '../gate-fixture.ts';
import { submitForApproval, tarballOf } from '../release-fixture.ts';
import {
  hasChromium,
  keepPicture,
  messageOf,
  openDevice,
  type Stage,
  signIn,
  startStage,
} from './browser-fixture.ts';

/** The accessible name as far as our pages give one: text of the element, or of its label. */
async function nameOf(control: Locator): Promise<string> {
  const own = (await control.textContent()) ?? '';
  const id = await control.getAttribute('id');
  if (own !== '' || id === null) return own;
  return (await control.page().locator(`label[for="${id}"]`).textContent()) ?? '';
}

describe.skipIf(!hasChromium())('in Chromium', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage?.stop());

  test('a person enrols, signs in, and approves; with a signature from a terminal it ships', async () => {
    const { gate } = stage.yard;
    const id = await submitForApproval(gate, '@aitbc/p0', 'v1.0.0');
    const { shortId } = await gate.gateway.release(person('alice'), id);
    const device = await openDevice(stage, stage.bob);
    const { page } = device;
    await signIn(stage, device, 'bob');
    await page.getByRole('button', { name: 'Look at v1.0.0' }).click();
    await page.getByRole('heading', { name: 'aitbc v1.0.0' }).waitFor();
    expect(page.url()).toBe(`${stage.approval.origins[0]}/approve/${shortId}`);
    const { manifest } = await gate.gateway.release(person('alice'), id);
    const compare = await page.locator('#compare').innerText();
    expect(compare.replaceAll(' ', '')).toBe(manifest?.slice(0, 16));

    await page.getByRole('button', { name: 'Approve with passkey' }).click();
    expect(await messageOf(page)).toContain('Type the version 1.0.0');
    await page.getByLabel('Type the version').fill('1.0.0');
    await page.getByRole('button', { name: 'Approve with passkey' }).click();
    await page.getByRole('heading', { name: 'Approved' }).waitFor();
    expect(await messageOf(page)).toBe('Your signature is recorded.');

    const { quorum } = await gate.gateway.release(person('alice'), id);
    expect(quorum?.counted).toEqual(['bob']);
    await approve(gate, id, 'carol');
    await until(gate, id, 'published');
    const bundle = parseEvidence(await gate.gateway.evidence(person('alice'), id));
    const options = { trust: gate.trust, now: new Date().toISOString() };
    const { level, approvers } = await verifyEvidence(nodeCrypto, bundle, options);
    expect([level, ...approvers.map((one) => `${one.person} ${one.client}`)]).toEqual([
      'verified',
      'bob browser',
      'carol terminal',
    ]);
  });

  test('what changed is shown, and a finding is acknowledged or nothing is signed', async () => {
    const { gate } = stage.yard;
    const tarball = await tarballOf('@aitbc/p0', '1.0.1', {
      fields: { scripts: { postinstall: 'node telemetry.js' } },
      files: { 'package/telemetry.js': 'export const two = 2;\n' },
    });
    const id = await submitForApproval(gate, '@aitbc/p0', 'v1.0.1', { tarball });
    const device = await openDevice(stage, stage.carol);
    const { page } = device;
    await signIn(stage, device, 'carol');
    await page.getByRole('button', { name: 'Look at v1.0.1' }).click();
    await page.getByText('since 1.0.0').waitFor();
    const difference = await page.locator('pre').innerText();
    expect(difference.split('\n').map((line) => line.trim())).toEqual([
      'scripts.postinstall: nothing -> node telemetry.js',
      '+ telemetry.js (22 bytes)',
      '~ package.json (61 -> 107 bytes)',
    ]);
    await keepPicture(page, 'approve');

    await page.getByLabel('Type the version').fill('1.0.1');
    await page.getByRole('button', { name: 'Approve with passkey' }).click();
    expect(await messageOf(page)).toContain('acknowledge it, or reject the release');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Approve with passkey' }).click();
    await page.getByRole('heading', { name: 'Approved' }).waitFor();
    const { statement } = await gate.store.read(async (tx) => {
      const rows = await tx.statements(id);
      return rows.find((one) => one.purpose === 'approval') ?? expect.fail('no approval');
    });
    const { predicate } = decodeStatement(statement.envelope.payload);
    const { findings, artifacts } = await gate.gateway.report(person('alice'), id);
    const held = [...findings, ...artifacts.flatMap((one) => one.findings)]
      .filter((one) => one.effect === 'hold')
      .map((one) => one.fingerprint);
    expect(held.length).toBeGreaterThan(0);
    expect(predicate).toMatchObject({ acknowledged: held, client: 'browser', decision: 'approve' });
  });

  test('a rejection is signed with its reason and ends the attempt', async () => {
    const { gate } = stage.yard;
    const id = await submitForApproval(gate, '@aitbc/p2', 'v2.0.0');
    const device = await openDevice(stage, stage.bob);
    const { page } = device;
    await signIn(stage, device, 'bob');
    await page.getByRole('button', { name: 'Look at v2.0.0' }).click();
    await page.getByText('Reject instead').click();
    await page.getByRole('button', { name: 'Reject with passkey' }).click();
    expect(await messageOf(page)).toBe('Say why. Nothing was signed.');
    await page.getByLabel('Why; signed').fill('not what we <b>agreed</b> on');
    await page.getByRole('button', { name: 'Reject with passkey' }).click();
    await page.getByRole('heading', { name: 'Rejected' }).waitFor();
    const { state, reason } = await gate.gateway.release(person('alice'), id);
    expect([state, reason]).toEqual(['rejected', 'rejected by bob: not what we <b>agreed</b> on']);
  });

  test('all of it works with the keyboard, on a narrow screen, and everything has a name', async () => {
    const { gate } = stage.yard;
    const id = await submitForApproval(gate, '@aitbc/p4', 'v4.0.0');
    const device = await openDevice(stage, stage.bob);
    const { page } = device;
    await page.setViewportSize({ width: 360, height: 640 });
    await signIn(stage, device, 'bob');
    const press = async (name: string, key: string) => {
      for (let steps = 0; steps < 30; steps += 1) {
        await page.keyboard.press('Tab');
        const focused = page.locator(':focus');
        if ((await focused.count()) > 0 && (await nameOf(focused)).includes(name)) {
          await page.keyboard.press(key);
          return;
        }
      }
      expect.fail(`the keyboard does not reach ${name}`);
    };
    await press('Look at v4.0.0', 'Enter');
    await page.getByRole('heading', { name: 'aitbc v4.0.0' }).waitFor();
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(wider)).toBe(0);
    for (const control of await page.locator('button, input, textarea, summary').all()) {
      expect(await nameOf(control)).not.toBe('');
    }
    await keepPicture(page, 'narrow');
    await press('Type the version', 'End');
    await page.keyboard.type('4.0.0');
    await press('Approve with passkey', 'Enter');
    await page.getByRole('heading', { name: 'Approved' }).waitFor();
    const { quorum } = await gate.gateway.release(person('alice'), id);
    expect(quorum?.counted).toEqual(['bob']);
  });

  test('an approval passkey is enrolled with its fingerprint, and proves that it is held', async () => {
    const { gate } = stage.yard;
    const device = await openDevice(stage);
    const { page } = device;
    await signIn(stage, device, 'carol');
    await page.getByRole('button', { name: 'Enrol an approval passkey' }).click();
    await page.getByRole('button', { name: 'Make an approval passkey' }).click();
    await page.getByRole('heading', { name: 'Made, and not in the roster yet' }).waitFor();
    await keepPicture(page, 'enrolled');
    const fingerprint = await page.locator('#fingerprint').innerText();
    const document = await page.locator('#document').inputValue();
    const signed = signedFromJson(decodeCanonical(encodeUtf8(document)), 'enrolment');
    const opened = await openEnrolment(nodeCrypto, signed, gate.digest as Sha256, stage.approval);
    expect(opened.keyFingerprint).toBe(fingerprint);
    expect(opened.predicate).toMatchObject({ person: 'carol', relyingParty: 'approve.localhost' });
  });
});
