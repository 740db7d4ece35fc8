import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'meilisearch-master-key',
  family: 'databases',
  title: 'Meilisearch key',
  about: 'Master and admin keys of Meilisearch next to its name',
  names: ['meili'],
  form: [run('base64Url', 32, 64)],
  also: /master|admin|secret/i,
});
