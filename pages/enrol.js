import { fromBase64, sha256Hex } from './bytes.js';
import {
  button,
  call,
  element,
  facts,
  say,
  section,
  setCsrf,
  setWho,
  show,
  start,
  takeFragment,
} from './page.js';
import { createPasskey } from './passkey.js';
import { agreedPayload, enrolmentOf, sign } from './statement.js';

async function enrol(session) {
  const { person, relyingParty } = session;
  const key = await createPasskey(relyingParty, { id: person, name: person }, 'approval');
  const keyid = `webauthn:${await sha256Hex(fromBase64(key.publicKey))}`;
  const { payload: composed } = await call('POST', 'enrolment/statement', key);
  const compose = (given) => enrolmentOf(given.genesis, person, key, relyingParty, given.issuedAt);
  const payload = agreedPayload(composed, compose, 0);
  const statement = await sign(payload, relyingParty, [key.credentialId], () => keyid);
  const receipt = await call('POST', 'enrolment', { statement });
  if (receipt.keyFingerprint !== keyid) {
    throw new Error('The gateway names another key than this device made. Tell the others.');
  }
  const document = element('textarea', {
    id: 'document',
    readonly: '',
    rows: '6',
    spellcheck: 'false',
  });
  document.value = receipt.document;
  show(
    section(
      'Made, and not in the roster yet',
      element(
        'p',
        {},
        'Tell the fingerprint to the others in person or on the phone. They compare it with the proposal before they vote; until they have, this passkey approves nothing.',
      ),
      facts([['fingerprint', element('code', { id: 'fingerprint' }, keyid)]]),
      element('label', { for: 'document' }, 'The enrolment, for the proposal that adds it'),
      document,
      element(
        'div.row',
        {},
        button('Copy', '', async () => {
          await navigator.clipboard.writeText(receipt.document);
          say('Copied.', 'good');
        }),
      ),
    ),
  );
}

await start(async () => {
  const link = takeFragment();
  if (link !== '') await call('POST', 'enter', { link });
  const session = await call('GET', 'session');
  setCsrf(session.csrf);
  setWho(`${session.person}, until ${session.expiresAt.slice(11, 16)} UTC`);
  show(
    section(
      `For ${session.person}`,
      element(
        'p',
        {},
        'An approval passkey signs releases on pages of ',
        element('code', {}, session.relyingParty),
        ' and nowhere else. Your device asks twice: to make the key, and to sign that it is yours.',
      ),
      element('p', {}, 'Enrol two, on separate devices, so that losing one is no emergency.'),
      element(
        'div.row',
        {},
        button('Make an approval passkey', 'main', () => enrol(session)),
      ),
    ),
  );
});
