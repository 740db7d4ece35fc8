import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'anyscale-key',
  family: 'ai',
  title: 'Anyscale key',
  about: 'Keys of Anyscale (`esecret_`, `aph0_`)',
  forms: [
    ['esecret_', run('lowerDigit', 26, 60)],
    ['aph0_', run('base64Url', 80, 160)],
  ],
});
