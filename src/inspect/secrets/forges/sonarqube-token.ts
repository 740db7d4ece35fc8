import { defineToken } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineToken({
  id: 'sonarqube-token',
  family: 'forges',
  title: 'SonarQube token',
  about: 'User, project and global analysis tokens of SonarQube (`squ_`, `sqp_`, `sqa_`)',
  severity: 'high',
  forms: [[['squ_', 'sqp_', 'sqa_'], run('hex', 40)]],
});
