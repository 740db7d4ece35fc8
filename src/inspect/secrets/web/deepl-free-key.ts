import { defineInfixToken } from '../define.ts';
import { looksRandom } from '../randomness.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'deepl-free-key',
  family: 'web',
  title: 'DeepL key',
  about: 'Keys of the free interface of DeepL: a UUID and `:fx`',
  head: [
    run('hex', 8),
    '-',
    run('hex', 4),
    '-',
    run('hex', 4),
    '-',
    run('hex', 4),
    '-',
    run('hex', 11),
  ],
  infix: [...'0123456789abcdef'].map((digit) => `${digit}:fx`),
  tail: [],
  judge: (token) =>
    looksRandom(token.slice(0, 36).replaceAll('-', ''), 16)
      ? { confidence: 'plausible', reason: 'it has the form of a key, which carries no checksum' }
      : null,
});
