import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'redis-cloud-key',
  family: 'databases',
  title: 'Redis Cloud key',
  about: 'Account and secret keys of Redis Cloud next to its name',
  names: ['rediscloud', 'redis_cloud', 'redislabs'],
  form: [run('lowerDigit', 40, 60)],
});
