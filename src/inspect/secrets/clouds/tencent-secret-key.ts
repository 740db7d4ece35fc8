import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'tencent-secret-key',
  family: 'clouds',
  title: 'Tencent Cloud secret key',
  about: 'Secret keys of Tencent Cloud, by their name',
  names: ['tencent', 'tencentcloud', 'qcloud'],
  form: [run('alnum', 32)],
  also: /secret|key/i,
});
