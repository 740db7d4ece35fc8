import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'baidu-qianfan-key',
  family: 'ai',
  title: 'Baidu AI Cloud key',
  about: 'Bearer keys of the model platform of Baidu (`bce-v3/ALTAK-`)',
  forms: [['bce-v3/ALTAK-', run('alnum', 21), '/', run('hex', 40)]],
});
