import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'defined-networking-token',
  family: 'clouds',
  title: 'Defined Networking token',
  about: 'API tokens of Defined Networking (`dnkey-`)',
  forms: [['dnkey-', run('base64Url', 26), '-', run('base64Url', 52)]],
});
