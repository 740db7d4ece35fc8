import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'workato-token',
  family: 'chat',
  title: 'Workato token',
  about: 'Tokens of API clients of Workato (`wrka`, its region and a JSON Web Token)',
  forms: [
    [
      ['wrka-eyJ', 'wrkaeu-eyJ', 'wrkaus-eyJ', 'wrkajp-eyJ', 'wrkasg-eyJ', 'wrkaau-eyJ'],
      run('base64Url', 8, 100),
      '.',
      run('base64Url', 16, 600),
      '.',
      run('base64Url', 64, 700),
    ],
  ],
});
