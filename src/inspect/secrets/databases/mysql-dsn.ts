import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

/** What stands before the protocol: a user and a password, from the start of a string. */
const LOGIN = /(?:^|["'`\s=])(?<user>[A-Za-z0-9_.-]{1,64}):(?<password>[^\s"'`@/]{4,100})$/;

export const rule: SecretRule = {
  ...textsOf({
    id: 'mysql-dsn',
    version: 1,
    family: 'databases',
    title: 'name of a MySQL source with password',
    about: 'Names of sources of MySQL as Go takes them (`user:password@tcp(host:3306)/main`)',
  }),
  keywords: ['@tcp('],
  pattern: /(?<prefix>@tcp\()(?<host>[A-Za-z0-9._-]{1,255})(?::\d{1,5})?\)/y,
  reach: 300,
  verify(match) {
    const { user = '', password } = LOGIN.exec(match.before)?.groups ?? {};
    if (password === undefined) return null;
    return judgeLogin(match, { ...match.groups, user, password });
  },
  examples: {
    bad: [
      {
        about: 'in Go',
        make: () => `sql.Open("mysql", "app:${SAMPLE_PASSWORD}@tcp(db7.q4zk.io:3306)/main")`,
      },
    ],
    fine: [
      { about: 'a placeholder', make: () => '"user:password@tcp(localhost:3306)/test"' },
      { about: 'a variable', make: () => '"%s:%s@tcp(db7.q4zk.io:3306)/main"' },
    ],
  },
};
