import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'pandadoc-key',
  family: 'web',
  title: 'PandaDoc key',
  about: 'API keys of PandaDoc next to its name',
  names: ['pandadoc'],
  form: [run('hex', 40)],
});
