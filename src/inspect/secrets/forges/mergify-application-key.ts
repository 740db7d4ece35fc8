import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'mergify-application-key',
  family: 'forges',
  title: 'Mergify application key',
  about: 'Keys of applications for Mergify (`mergify_application_key_`)',
  forms: [['mergify_application_key_', run('base64Url', 40, 200)]],
});
