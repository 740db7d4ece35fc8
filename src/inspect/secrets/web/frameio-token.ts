import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'frameio-token',
  family: 'web',
  title: 'Frame.io token',
  about: 'Developer tokens of Frame.io (`fio-u-`)',
  forms: [['fio-u-', run('base64Url', 64)]],
});
