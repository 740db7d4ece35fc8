import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

const HOST = /(?<host>[A-Za-z0-9._-]{1,200}):\d{2,5}$/;

export const rule: SecretRule = {
  ...textsOf({
    id: 'redis-string',
    version: 1,
    family: 'databases',
    title: 'Redis connection string with password',
    about: 'Connection strings of Redis as .NET takes them (`host:6380,password=...,ssl=True`)',
  }),
  keywords: [',password='],
  pattern: /(?<prefix>,password=)(?<password>[^,\s"'`<>]{4,200})/y,
  reach: 220,
  verify(match) {
    const host = HOST.exec(match.before)?.groups?.['host'];
    if (host === undefined) return null;
    return judgeLogin(match, { ...match.groups, host });
  },
  examples: {
    bad: [
      {
        about: 'a string',
        make: () =>
          `"cache7.q4zk.io:6380,password=${SAMPLE_PASSWORD}=,ssl=True,abortConnect=False"`,
      },
    ],
    fine: [
      { about: 'no host', make: () => `user=app,password=${SAMPLE_PASSWORD}` },
      { about: 'this machine', make: () => 'localhost:6379,password=password' },
    ],
  },
};
