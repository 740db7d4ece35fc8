import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'alibaba-secret-key',
  family: 'clouds',
  title: 'Alibaba Cloud secret key',
  about: 'Access key secrets of Alibaba Cloud, by their name',
  names: ['alibaba', 'aliyun', 'alicloud'],
  form: [run('alnum', 30)],
  also: /secret|key/i,
});
