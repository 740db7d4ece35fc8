import { fromBase64url } from './bytes.js';
import { button, call, element, say, section, setWho, show, start, takeFragment } from './page.js';
import { askPasskey, assertionToWire, createPasskey } from './passkey.js';

await start(async () => {
  const link = takeFragment();
  if (link === '') throw new Error('This page needs a link: countersign passkey link makes one.');
  const { person, relyingParty } = await call('POST', 'link', { link });
  setWho(person.name);
  const name = element('input', {
    type: 'text',
    id: 'name',
    maxlength: '64',
    value: 'this device',
    autocomplete: 'off',
  });
  show(
    section(
      `For ${person.name} (${person.id})`,
      element(
        'p',
        {},
        'This passkey signs you in at ',
        element('code', {}, relyingParty),
        '. It approves nothing. Your device asks twice: to make the key, and to show that it works.',
      ),
      element('label', { for: 'name' }, 'A name by which people know this device'),
      name,
      element(
        'div.row',
        {},
        button('Enrol', 'main', async () => {
          const key = await createPasskey(relyingParty, person, 'sign-in');
          const { challenge } = await call('POST', 'link', { link });
          const assertion = await askPasskey(relyingParty, fromBase64url(challenge), [
            key.credentialId,
          ]);
          await call('POST', 'passkeys', {
            link,
            key: { ...key, name: name.value.trim() || 'unnamed' },
            challenge,
            assertion: assertionToWire(assertion),
          });
          show(
            section('Enrolled', element('p', {}, element('a', { href: '/sign-in/' }, 'Sign in'))),
          );
          say('The passkey is enrolled. The link is used up.', 'good');
        }),
      ),
    ),
  );
});
