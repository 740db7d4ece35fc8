import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'amazon-login-secret',
  family: 'web',
  title: 'Amazon client secret',
  about: 'Client secrets and refresh tokens of Login with Amazon (`amzn1.oa2-cs.v1.`, `Atzr|`)',
  forms: [
    ['amzn1.oa2-cs.v1.', run('hex', 64)],
    ['Atzr|', run('base64Url', 100, 600)],
  ],
});
