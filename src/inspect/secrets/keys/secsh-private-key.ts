import type { SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';

const BEGIN = ['---- BEGIN SSH2', 'ENCRYPTED PRIVATE KEY ----'].join(' ');
const BODY = ['P2/56wAAAi0AAAA3aWYtbW9kbntz', 'aWdue3JzYS1wa2NzMS1zaGExfSxl'].join('');

export const rule: SecretRule = {
  ...textsOf({
    id: 'secsh-private-key',
    family: 'keys',
    title: 'SSH2 private key',
    about: 'Private keys of SSH Communications Security (`BEGIN SSH2 ENCRYPTED PRIVATE KEY`)',
  }),
  keywords: [BEGIN],
  pattern:
    /(?<prefix>---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----(?:\r?\n|\\n)(?:[A-Za-z-]{1,64}: [^\r\n]{0,256}\r?\n){0,4})(?<body>[A-Za-z0-9+/=]{40,})/y,
  reach: 2048,
  verify: () => ({ confidence: 'plausible', reason: 'it is the body of a key' }),
  examples: {
    bad: [{ about: 'a key file', make: () => `${BEGIN}\nComment: "host"\n${BODY}\n` }],
    fine: [{ about: 'the label alone', make: () => `const LABEL = "${BEGIN}";` }],
  },
};
