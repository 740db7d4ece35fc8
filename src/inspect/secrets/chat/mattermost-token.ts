import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'mattermost-token',
  family: 'chat',
  title: 'Mattermost token',
  about: 'Access tokens of Mattermost next to its name',
  names: ['mattermost'],
  form: [run('lowerDigit', 26)],
});
