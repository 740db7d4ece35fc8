import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'dependency-track-key',
  family: 'forges',
  title: 'Dependency-Track key',
  about: 'API keys of Dependency-Track (`odt_`)',
  forms: [
    ['odt_', run('alnum', 8), '_', run('alnum', 32)],
    ['odt_', run('alnum', 32, 40)],
  ],
});
