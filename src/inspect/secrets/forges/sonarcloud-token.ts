import { defineNamedValue } from '../define.ts';
import { run } from '../token-form.ts';

export const rule = defineNamedValue({
  id: 'sonarcloud-token',
  family: 'forges',
  title: 'SonarCloud token',
  about: 'Tokens of SonarCloud and older ones of SonarQube, by their name',
  severity: 'high',
  names: [
    'sonar_token',
    'sonar_login',
    'sonarToken',
    'sonarcloud',
    'sonarqube',
    'sonar.token',
    'sonar.login',
  ],
  form: [run('hex', 40)],
  also: /token|login|key|auth/i,
});
