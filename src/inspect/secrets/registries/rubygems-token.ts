import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'rubygems-token',
  family: 'registries',
  title: 'RubyGems API key',
  about: 'API keys of RubyGems (`rubygems_` and 48 hex digits), those of trusted publishing too',
  forms: [['rubygems_', run('hex', 48)]],
});
