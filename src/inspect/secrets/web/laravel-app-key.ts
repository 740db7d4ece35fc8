import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'laravel-app-key',
  family: 'web',
  title: 'Laravel application key',
  about:
    'Application keys of Laravel (`APP_KEY=base64:`), which sign sessions and can lead to code execution',
  forms: [[['APP_KEY=base64:', 'APP_KEY="base64:', "APP_KEY='base64:"], run('base64', 43), '=']],
  severity: 'critical',
  attack: 'Whoever has the key forges sessions, and runs code where cookies are deserialised',
  mend: 'Make a new key where the application runs, and take it from the environment',
});
