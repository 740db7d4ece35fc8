import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'salesforce-auth-url',
  family: 'chat',
  title: 'Salesforce auth URL',
  about: 'Addresses that log the Salesforce command line in, with their refresh token',
  forms: [['force://PlatformCLI::', run('dotted', 60, 260), '@', run('dotted', 4, 80)]],
});
