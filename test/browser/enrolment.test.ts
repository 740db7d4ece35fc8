import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseEvidence } from '../../src/evidence/bundle.ts';
import { openEnrolment } from '../../src/evidence/enrolment.ts';
import { signedFromJson } from '../../src/evidence/signed-statement.ts';
import { verifyEvidence } from '../../src/evidence/verify.ts';
import { decodeCanonical } from '../../src/formats/canonical.ts';
import { encodeUtf8 } from '../../src/formats/text.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { change, rosterWith, rulesWith, suspensionOf } from '../change-fixture.ts';
import { approve, person, until } from '../gate-fixture.ts';
import { submitForApproval } from '../release-fixture.ts';
import {
  type Device,
  hasChromium,
  keepPicture,
  messageOf,
  openDevice,
  type Stage,
  signIn,
  startStage,
} from './browser-fixture.ts';

describe.skipIf(!hasChromium())(
  'promise 8: an approval passkey from its making on, in Chromium',
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await startStage();
      const { gate } = stage.yard;
      // new keys would wait for three days
      const governance = {
        minimum: 2,
        groups: {},
        coolingSeconds: 0,
        breakGlass: { reviewWithinSeconds: 60 },
      };
      const policy = await rulesWith(gate, (now) => ({ ...now, governance }));
      await change(gate, { policy });
      gate.setProposal(policy);
    });
    afterAll(() => stage?.stop());

    let device: Device;

    test('made on the page, voted into the roster, it approves; before, it does not', async () => {
      const { gate } = stage.yard;
      device = await openDevice(stage);
      const { page } = device;
      await signIn(stage, device, 'bob');
      await page.getByRole('button', { name: 'Enrol an approval passkey' }).click();
      await page.getByRole('button', { name: 'Make an approval passkey' }).click();
      await page.getByRole('heading', { name: 'Made, and not in the roster yet' }).waitFor();
      const fingerprint = await page.locator('#fingerprint').innerText();
      const document = await page.locator('#document').inputValue();
      const enrolment = signedFromJson(decodeCanonical(encodeUtf8(document)), 'enrolment');
      const opened = await openEnrolment(nodeCrypto, enrolment, gate.digest, stage.approval);
      expect(opened.keyFingerprint).toBe(fingerprint);

      const roster = await rosterWith(gate, (now) =>
        now.people.map((one) => (one.id === 'bob' ? { ...one, passkeys: [opened.passkey] } : one)),
      );
      const enacted = await change(gate, { roster, enrolments: [enrolment] });
      expect(enacted.newKeys).toEqual([{ person: 'bob', fingerprint }]);

      const id = await submitForApproval(gate, '@aitbc/p0', 'v1.0.0');
      await page.goto(`${stage.origin}/sign-in/`);
      await page.getByRole('button', { name: 'Look at v1.0.0' }).click();
      await page.getByLabel('Type the version').fill('1.0.0');
      await page.getByRole('button', { name: 'Approve with passkey' }).click();
      await page.getByRole('heading', { name: 'Approved' }).waitFor();
      await approve(gate, id, 'carol');
      await until(gate, id, 'published');
      const bundle = parseEvidence(await gate.gateway.evidence(person('alice'), id));
      const options = { trust: gate.trust, now: new Date().toISOString() };
      const { approvers } = await verifyEvidence(nodeCrypto, bundle, options);
      expect(approvers).toContainEqual(
        expect.objectContaining({ person: 'bob', client: 'browser', key: fingerprint }),
      );
    });

    test('an emergency is told before anything else', async () => {
      const { gate } = stage.yard;
      const breakGlass = 'a worm is spreading through 1.0.0';
      await submitForApproval(gate, '@aitbc/p0', 'v1.0.1', { breakGlass });
      const { page } = device;
      await page.goto(`${stage.origin}/sign-in/`);
      await page.getByRole('button', { name: 'Look at v1.0.1' }).click();
      const note = page.locator('p.note');
      await note.waitFor();
      expect(await note.innerText()).toBe(
        `Emergency. Any two people suffice, a review is due afterwards, and everybody is told: ${breakGlass}`,
      );
      await keepPicture(page, 'emergency');
    });

    test('a person who is suspended is signed out everywhere at once', async () => {
      const { gate } = stage.yard;
      const { page } = device;
      await gate.gateway.suspend(
        person('carol'),
        suspensionOf(gate, 'carol', { kind: 'person', id: 'bob' }),
      );
      await page.getByLabel('Type the version').fill('1.0.1');
      await page.getByRole('button', { name: 'Approve with passkey' }).click();
      await page.locator('#message.bad').waitFor();
      expect(await messageOf(page)).toContain('suspended or not in the roster any more');
      await page.goto(`${stage.origin}/sign-in/`);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('bob is suspended or not in the roster').waitFor();
    });
  },
);
