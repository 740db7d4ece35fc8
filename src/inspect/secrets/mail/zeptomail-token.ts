import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'zeptomail-token',
  family: 'mail',
  title: 'ZeptoMail token',
  about: 'Tokens of ZeptoMail, as its header has them (`Zoho-enczapikey`)',
  forms: [['Zoho-enczapikey ', run('base64Pad', 100, 220)]],
});
