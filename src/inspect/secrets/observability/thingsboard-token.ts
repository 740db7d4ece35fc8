import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

/** https://thingsboard.io/docs/paas/reference/http-api/ */
export const rule = defineToken({
  id: 'thingsboard-token',
  family: 'observability',
  title: 'ThingsBoard device token',
  about: 'Tokens of devices in addresses of ThingsBoard',
  forms: [['thingsboard.cloud/api/v1/', run('lowerDigit', 20)]],
});
