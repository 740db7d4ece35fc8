import { isPlaceholder } from '../../look-alikes/randomness.ts';
import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

const SAMPLE = [run('base64', 24)];
/** The name of a type of key, put together: it reads like the address of a host. */
const TYPE = ['type', 'googleapis', 'com/google', 'crypto', 'tink'].join('.');

function keyset(kind: string, value: string): string {
  return `{"key":[{"keyData":{"typeUrl":"${TYPE}.AesGcmKey","value":"${value}","keyMaterialType":"${kind}"}}]}`;
}

export const rule: SecretRule = {
  ...textsOf({
    id: 'tink-keyset',
    family: 'keys',
    title: 'Tink keyset',
    about: 'Secret keysets of Tink in clear text, as JSON',
  }),
  keywords: ['google.crypto.tink.'],
  pattern:
    /(?<prefix>google\.crypto\.tink\.[A-Za-z0-9]{3,60})\\?"\s{0,40},\s{0,40}\\?"value\\?"\s{0,8}:\s{0,8}\\?"(?<value>[A-Za-z0-9+/=_-]{16,2400})/y,
  reach: 2600,
  verify({ groups, after }) {
    const isPublic = /^[^{}]{0,120}ASYMMETRIC_PUBLIC|^[^{}]{0,120}REMOTE/.test(after);
    if (isPublic || isPlaceholder(groups['value'] ?? '')) return null;
    return { confidence: 'plausible', reason: 'it is a key in clear text' };
  },
  examples: {
    bad: [{ about: 'a keyset', make: () => keyset('SYMMETRIC', `${sampleOf(SAMPLE, 'a')}`) }],
    fine: [
      { about: 'a public keyset', make: () => keyset('ASYMMETRIC_PUBLIC', sampleOf(SAMPLE, 'b')) },
      { about: 'a type alone', make: () => `"typeUrl": "${TYPE}.AesGcmKey"` },
    ],
  },
};
