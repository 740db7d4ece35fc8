import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'jfrog-api-key',
  family: 'registries',
  title: 'JFrog API key',
  about: 'API keys of JFrog Artifactory (`AKCp`)',
  forms: [['AKCp', run('alnum', 68, 70)]],
});
