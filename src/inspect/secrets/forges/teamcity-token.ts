import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'teamcity-token',
  family: 'forges',
  title: 'TeamCity token',
  about: 'Access tokens of TeamCity (the base64 of `{"typ": "TCV2"}`)',
  forms: [['eyJ0eXAiOiAiVENWMiJ9.', run('base64Url', 20, 60), '.', run('base64Url', 20, 80)]],
});
