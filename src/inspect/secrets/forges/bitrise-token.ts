import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'bitrise-token',
  family: 'forges',
  title: 'Bitrise token',
  about: 'Access tokens of Bitrise next to the name',
  names: ['bitrise'],
  form: [run('base64Url', 86)],
});
