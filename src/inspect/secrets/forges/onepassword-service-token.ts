import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'onepassword-service-token',
  family: 'forges',
  title: '1Password service account token',
  about: 'Service account tokens of 1Password (`ops_eyJ`)',
  forms: [['ops_eyJ', run('urlPad', 250, 2000)]],
});
