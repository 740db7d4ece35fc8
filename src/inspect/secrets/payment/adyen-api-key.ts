import { defineInfixToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineInfixToken({
  id: 'adyen-api-key',
  family: 'payment',
  title: 'Adyen API key',
  about: 'API keys of Adyen, which start with `AQE`, a letter and `hmfx`',
  head: ['AQE', run('lower', 1)],
  infix: 'hmfx',
  tail: [run('base64', 60, 110)],
});
