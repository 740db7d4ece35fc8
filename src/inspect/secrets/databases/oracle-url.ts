import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'oracle-url',
    version: 1,
    family: 'databases',
    title: 'Oracle address with password',
    about:
      'Addresses of Oracle databases with user and password (`jdbc:oracle:thin:user/password@`)',
  }),
  keywords: ['jdbc:oracle:', 'oracle+cx_oracle://', 'oracle+oracledb://', 'oracle://'],
  pattern:
    /(?<prefix>(?:jdbc:oracle:(?:thin|oci):(?<owner>[\w$#.]{1,64})\/|oracle(?:\+cx_oracle|\+oracledb)?:\/\/(?<user>[^\s:@/'"`<>]{1,64}):))(?<password>[^\s@'"`<>]{1,128})@\/{0,2}(?<host>[^\s/'"`<>?#,;:)\]]{1,255})/y,
  reach: 600,
  verify: judgeLogin,
  examples: {
    bad: [
      {
        about: 'an address of JDBC',
        make: () => `url=jdbc:oracle:thin:app/${SAMPLE_PASSWORD}@//ora7.q4zk.io:1521/main`,
      },
      {
        about: 'an address of Python',
        make: () => `oracle+oracledb://app:${SAMPLE_PASSWORD}@ora7.q4zk.io/x`,
      },
    ],
    fine: [
      { about: 'no password', make: () => 'jdbc:oracle:thin:@ora7.q4zk.io:1521:main' },
      { about: 'an example', make: () => 'jdbc:oracle:thin:user/password@localhost:1521:orcl' },
    ],
  },
};
