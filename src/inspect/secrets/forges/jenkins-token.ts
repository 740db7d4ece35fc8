import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'jenkins-token',
  family: 'forges',
  title: 'Jenkins API token',
  about: 'API tokens of Jenkins, by their name',
  names: ['jenkins'],
  form: ['11', run('hex', 32)],
});
