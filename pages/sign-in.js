import { fromBase64url } from './bytes.js';
import {
  button,
  call,
  element,
  say,
  section,
  setCsrf,
  setHeading,
  setWho,
  show,
  start,
} from './page.js';
import { askPasskey, assertionToWire } from './passkey.js';

async function signIn() {
  const { challenge, relyingParty } = await call('POST', 'question', {});
  const assertion = await askPasskey(relyingParty, fromBase64url(challenge), []);
  await call('POST', 'session', { challenge, assertion: assertionToWire(assertion) });
  await showSession();
}

function showEntrance() {
  setHeading('Sign in');
  setWho('');
  show(
    section(
      'With your passkey',
      element(
        'p',
        {},
        'Signing in shows who you are. It approves nothing: approvals are signed with another passkey, on a page of their own, or in a terminal.',
      ),
      element('div.row', {}, button('Sign in', 'main', signIn)),
    ),
    element(
      'p.quiet',
      {},
      'No passkey yet? In a terminal: ',
      element('code', {}, 'countersign passkey link'),
    ),
  );
}

function go(path) {
  return async () => location.assign((await call('POST', 'lead', { path })).url);
}

function releaseRow(release, canApprove) {
  return element(
    'li',
    {},
    element('strong', {}, `${release.project} ${release.tag}`),
    element(
      'div.quiet',
      {},
      `attempt ${release.attempt}, ${release.state}, asked for by ${release.requesters.join(', ') || 'a bot'}`,
    ),
    release.missing.length === 0
      ? null
      : element('div', {}, `missing: ${release.missing.join('; ')}`),
    canApprove
      ? element(
          'div.row',
          {},
          button(`Look at ${release.tag}`, '', go(`/approve/${release.shortId}`)),
        )
      : null,
  );
}

async function showSession() {
  const session = await call('GET', 'session');
  setCsrf(session.csrf);
  setHeading('Releases that wait');
  setWho(`${session.person}, until ${session.expiresAt.slice(11, 16)} UTC`);
  const canApprove = session.approvalOrigin !== null;
  show(
    session.releases.length === 0
      ? section('Nothing waits', element('p', {}, 'No release waits for a signature.'))
      : section(
          'To be signed',
          element('ul.plain', {}, ...session.releases.map((one) => releaseRow(one, canApprove))),
        ),
    canApprove
      ? section(
          'Approving in this browser',
          element(
            'p',
            {},
            'Approval passkeys are separate from the one that you signed in with. They belong to ',
            element('code', {}, session.approvalOrigin),
            ' and are voted into the roster.',
          ),
          element('div.row', {}, button('Enrol an approval passkey', '', go('/approve/enrol'))),
        )
      : section(
          'Approving',
          element(
            'p',
            {},
            'The signed rules allow no passkeys: approve in a terminal with ',
            element('code', {}, 'countersign approve'),
            '.',
          ),
        ),
    element(
      'div.row',
      {},
      button('Sign out', '', async () => {
        await call('POST', 'leave', {});
        setCsrf('');
        showEntrance();
        say('You are signed out, on the approval pages too.', 'good');
      }),
    ),
  );
}

await start(async () => {
  try {
    await showSession();
  } catch (error) {
    if (error.status !== 401) throw error;
    showEntrance();
  }
});
