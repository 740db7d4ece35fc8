import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'lark-app-secret',
  family: 'web',
  title: 'Lark app secret',
  about: 'App secrets of Lark and Feishu next to the name',
  names: ['lark_app', 'larkApp', 'feishu_app', 'feishuApp', 'lark_secret'],
  form: [run('alnum', 32)],
});
