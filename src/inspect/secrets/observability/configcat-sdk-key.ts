import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'configcat-sdk-key',
  family: 'observability',
  title: 'ConfigCat SDK key',
  about: 'SDK keys of ConfigCat',
  forms: [['configcat-sdk-1/', run('base64Url', 22), '/', run('base64Url', 22)]],
  severity: 'medium',
});
