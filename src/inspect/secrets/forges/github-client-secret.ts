import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'github-client-secret',
  family: 'forges',
  title: 'GitHub OAuth client secret',
  about: 'Client secrets of GitHub applications and older tokens of 40 hex digits, by their name',
  names: [
    'github_client',
    'githubClient',
    'github_oauth',
    'github_token',
    'githubToken',
    'github_secret',
    'gh_token',
  ],
  form: [run('hex', 40)],
});
