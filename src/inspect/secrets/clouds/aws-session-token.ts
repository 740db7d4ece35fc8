import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'aws-session-token',
  family: 'clouds',
  title: 'AWS session token',
  about: 'Temporary session tokens of AWS',
  severity: 'high',
  forms: [[['IQoJb3JpZ2lu', 'FwoGZXIvYXdz'], run('base64Pad', 200, 3000)]],
});
