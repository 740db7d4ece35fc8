import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'aws-secret-access-key',
  family: 'clouds',
  title: 'AWS secret access key',
  about: 'Secret access keys of AWS, by their name',
  names: ['aws_secret', 'awsSecret', 'secret_access', 'secretAccess'],
  form: [run('base64', 40)],
});
