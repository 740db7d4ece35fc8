import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'tinybird-token',
  family: 'databases',
  title: 'Tinybird token',
  about: 'Tokens of Tinybird (`p.eyJ`)',
  forms: [['p.eyJ', run('base64Url', 60, 220), '.', run('base64Url', 43)]],
});
