import { unlessExample } from '../../look-alikes/example-context.ts';
import { isPlaceholder } from '../../look-alikes/randomness.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { isTypedByOwner } from '../chosen-password.ts';
import { textsOf } from '../define.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

/** What a device joins a network with; hostapd's own has `passphrase` in its name. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'wifi-password',
    version: 2,
    family: 'generic',
    title: 'password of a wireless network',
    about: 'Passwords of wireless networks (`psk=`) behind the name of one (`ssid=`)',
  }),
  keywords: ['psk="', 'psk='],
  pattern: /(?<prefix>psk=)(?:"(?<password>[^"\r\n]{8,63})"|(?<bare>[^\s"'`<>&;,]{8,64})(?=\s|$))/y,
  reach: 80,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'of wpa_supplicant',
        make: () => `network={\n  ssid="office"\n  psk="${SAMPLE_PASSWORD}"\n}\n`,
      },
      {
        about: 'of NetworkManager',
        make: () =>
          `[wifi]\nssid=office\n\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=${SAMPLE_PASSWORD}\n`,
      },
    ],
    fine: [
      { about: 'words', make: () => 'network={\n  ssid="office"\n  psk="the password of it"\n}\n' },
      { about: 'no network', make: () => `wpa_psk=${SAMPLE_PASSWORD}\n` },
    ],
  },
};

const HELD: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where a network has its password, and is no word of an example',
};

function judge(match: SecretMatch): SecretAnswer | null {
  const { password, bare } = match.groups;
  const value = password ?? bare ?? '';
  if (/[A-Za-z0-9_.-]$/.test(match.before) || !/ssid ?=/.test(match.before.slice(-400)))
    return null;
  if (isPlaceholder(value) || !(looksGenerated(value) || isTypedByOwner(value))) return null;
  return unlessExample(HELD, match);
}
