import { looksRandom } from '../../look-alikes/randomness.ts';
import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'new-relic-bare-license-key',
  family: 'observability',
  title: 'New Relic license key',
  about: 'License keys of New Relic (`NRAL` behind 36 digits, of a region first) without a name',
  head: [run('lowerDigit', 5), run('hex', 31)],
  infix: 'NRAL',
  tail: [],
  judge: (token) =>
    looksRandom(token.slice(5, 36), 16)
      ? {
          confidence: 'plausible',
          reason: 'it has the form of a token, which carries no checksum',
        }
      : null,
});
