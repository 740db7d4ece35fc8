import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'thunderstore-token',
  family: 'registries',
  title: 'Thunderstore token',
  about: 'Service account tokens of Thunderstore (`tss_`)',
  forms: [['tss_', run('base64Url', 20, 80)]],
});
