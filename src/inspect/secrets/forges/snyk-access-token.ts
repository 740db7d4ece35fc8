import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'snyk-access-token',
  family: 'forges',
  title: 'Snyk access token',
  about: 'Access tokens of Snyk of people and service accounts (`snyk_uat.`, `snyk_sat.`)',
  forms: [[['snyk_uat.', 'snyk_sat.'], run('hex', 8), '.', run('dotted', 60, 400)]],
});
