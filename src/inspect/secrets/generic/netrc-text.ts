import type { SecretRule } from '../../rule.ts';
import { byteTable, endOfBytes } from '../../search/byte-table.ts';
import { textsOf } from '../define.ts';
import { judgeLogin } from '../login.ts';
import { SAMPLE_PASSWORD } from '../sample-password.ts';

/** An entry of `.netrc` in another file: a script that writes one, a manual. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'netrc-text',
    version: 1,
    family: 'generic',
    title: 'password of a machine',
    about: 'Entries of `.netrc` with a password in other files: scripts that write one, notes',
  }),
  keywords: ['machine '],
  pattern:
    /(?<prefix>machine[ \t]{1,4}(?<host>[^\s"'`<>]{3,120})(?:\s|\\n){1,8}login(?:\s|\\n){1,8}(?<user>[^\s"'`<>\\]{1,120})(?:\s|\\n){1,8}password(?:\s|\\n){1,8})(?<password>[^\s"'`<>\\]{4,300})/y,
  mayFit,
  reach: 760,
  verify: judgeLogin,
  examples: {
    bad: [
      {
        about: 'a script that writes the file',
        make: () =>
          `cat > ~/.netrc <<EOF\nmachine git.q4zk.io\n  login app\n  password ${SAMPLE_PASSWORD}\nEOF\n`,
      },
      {
        about: 'a string with escapes',
        make: () =>
          `printf "machine git.q4zk.io login app password ${SAMPLE_PASSWORD}\\n" > .netrc\n`,
      },
    ],
    fine: [
      { about: 'words', make: () => 'machine learning, login and password are told later\n' },
      {
        about: 'a variable',
        make: () => `echo "machine git.q4zk.io login app password ${'$'}TOKEN" > .netrc\n`,
      },
    ],
  },
};

const OF_HOST = byteTable(/[A-Za-z0-9_.:${}-]/);
const OF_BREAKS = byteTable(/[\s\\n]/);
/** Longest name of a machine that is looked at, and most that stands behind it. */
const [HOST_MAX, BREAKS_MAX] = [120, 24];
const LOGIN = Buffer.from('login');

/** Whether `login` follows the name of a machine: behind the word in a sentence something else does. */
function mayFit(content: Uint8Array, at: number): boolean {
  const end = endOfBytes(
    content,
    endOfBytes(content, at, OF_HOST, HOST_MAX),
    OF_BREAKS,
    BREAKS_MAX,
  );
  return LOGIN.every((byte, index) => content[end + index] === byte);
}
