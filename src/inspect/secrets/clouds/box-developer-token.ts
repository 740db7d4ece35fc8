import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'box-developer-token',
  family: 'clouds',
  title: 'Box token',
  about: 'Client secrets and developer tokens of Box next to the name',
  names: [
    'boxClient',
    'box_client',
    'boxDeveloper',
    'box_developer',
    'boxAccess',
    'box_access',
    'box_token',
    'boxToken',
  ],
  form: [run('alnum', 32)],
});
