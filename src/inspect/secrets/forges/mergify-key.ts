import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mergify-key',
  family: 'forges',
  title: 'Mergify key',
  about: 'Application keys of Mergify (`mka_`)',
  forms: [['mka_', run('base64Url', 20, 80)]],
});
