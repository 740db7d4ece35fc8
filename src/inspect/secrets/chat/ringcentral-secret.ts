import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'ringcentral-secret',
  family: 'chat',
  title: 'RingCentral client secret',
  about: 'Client secrets of RingCentral next to its name',
  names: ['ringcentral'],
  form: [run('base64Url', 22)],
  also: /secret|token|password/i,
});
