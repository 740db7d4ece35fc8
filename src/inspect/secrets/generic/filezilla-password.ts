import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

export const rule: SecretRule = {
  ...textsOf({
    id: 'filezilla-password',
    version: 1,
    family: 'generic',
    title: 'password of a server',
    about: 'Passwords in base64 as FileZilla keeps them, in a file of any name',
  }),
  keywords: ['<Pass encoding="base64">'],
  pattern: /(?<prefix><Pass encoding="base64">)(?<value>[A-Za-z0-9+/]{6,400}={0,2})<\/Pass>/y,
  reach: 440,
  verify(match) {
    const password = Buffer.from(match.groups['value'] ?? '', 'base64').toString('utf8');
    return judgeLogin(match, { password });
  },
  examples: {
    bad: [
      {
        about: 'a list of servers',
        make: () =>
          `<Server><Pass encoding="base64">${Buffer.from(SAMPLE_PASSWORD).toString('base64')}</Pass></Server>`,
      },
    ],
    fine: [
      { about: 'none', make: () => '<Server><Pass encoding="base64"></Pass></Server>' },
      { about: 'as it is', make: () => '<Pass>password</Pass>' },
    ],
  },
};
