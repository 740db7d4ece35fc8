import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'gitea-token',
  family: 'forges',
  title: 'Gitea or Forgejo token',
  about: 'Access tokens of Gitea, Forgejo and Codeberg, by their name',
  names: ['gitea', 'forgejo', 'codeberg'],
  form: [run('hex', 40)],
});
