import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'val-town-token',
  family: 'clouds',
  title: 'Val Town token',
  about: 'API tokens of Val Town (`vtwn_`)',
  forms: [['vtwn_', run('base64Url', 20, 80)]],
});
