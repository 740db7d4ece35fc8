import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'clojars-token',
  family: 'registries',
  title: 'Clojars deploy token',
  about: 'Deploy tokens of Clojars (`CLOJARS_` and 60 characters)',
  forms: [['CLOJARS_', run('lowerDigit', 60)]],
});
