import { isPlaceholder } from '../../look-alikes/randomness.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import { unlessInManual } from '../../look-alikes/value-role.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

const LEAST = 16;
const SAMPLE = [run('alnum', 32)];

/** Calls whose first argument is a key. */
const FIRST = ['cookieParser(', 'Fernet(', 'hmacShaKeyFor(', 'TimedSerializer('];

/** Calls whose second argument is one: the first is what they sign or encrypt, or an algorithm. */
const SECOND = [
  'jwt.sign(',
  'jwt.verify(',
  'jwt.encode(',
  'jwt.decode(',
  'AES.encrypt(',
  'AES.decrypt(',
  'createHmac(',
  'createCipheriv(',
  'createDecipheriv(',
  'hmac.New(',
];

export const rule: SecretRule = {
  ...textsOf({
    id: 'call-key',
    version: 1,
    family: 'generic',
    title: 'key in a call',
    about:
      'Keys by their place in a call that signs or encrypts: `jwt.sign(claims, "...")`, `createHmac("sha256", "...")`, `Fernet("...")` and their like',
    attack: 'Anyone signs or decrypts as the owner does',
  }),
  keywords: [...FIRST, ...SECOND],
  pattern: new RegExp(
    `(?<prefix>(?:${sourceOf(FIRST)}|${sourceOf(SECOND)}\\s{0,8}(?:["'][A-Za-z0-9-]{2,24}["']|[^"'\`\\n;]{1,160}?)\\s{0,4},)\\s{0,12}(?:\\[\\]byte\\(|Buffer\\.from\\(|b)?["'\`])(?<value>[A-Za-z0-9+/=_.!@#%^*?:|-]{${LEAST},200})["'\`]`,
    'y',
  ),
  reach: 460,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      {
        about: 'a token that is signed',
        make: () => `jwt.sign({ id: user.id }, '${sampleOf(SAMPLE, 'a')}', { expiresIn: '1h' });\n`,
      },
      {
        about: 'what is encrypted',
        make: () => `CryptoJS.AES.encrypt(JSON.stringify(a), '${sampleOf(SAMPLE, 'b')}')\n`,
      },
      {
        about: 'a code of authentication',
        make: () => `crypto.createHmac('sha256', "${sampleOf(SAMPLE, 'c')}")\n`,
      },
      {
        about: 'the same in Go',
        make: () => `mac := hmac.New(sha256.New, []byte("${sampleOf(SAMPLE, 'd')}"))\n`,
      },
      {
        about: 'in Python',
        make: () => `f = Fernet(b'${sampleOf([run('base64Url', 43)], 'e')}=')\n`,
      },
      { about: 'cookies', make: () => `app.use(cookieParser('${sampleOf(SAMPLE, 'f')}'));\n` },
    ],
    noted: [
      {
        about: 'in a manual',
        make: () => `Sign:\n\n\`\`\`js\njwt.sign(claims, '${sampleOf(SAMPLE, 'g')}')\n\`\`\`\n`,
      },
    ],
    fine: [
      { about: 'words', make: () => "jwt.sign(claims, 'this-is-no-secret-at-all')" },
      { about: 'a variable', make: () => "createHmac('sha256', config.hookKeyOfTheService)" },
      {
        about: 'a token that is read',
        make: () => `jwt.decode("${sampleOf(SAMPLE, 'h')}", key)`,
      },
    ],
  },
};

const HELD: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where the call takes its key, and looks random',
};

/** Words are not even noted: manuals have them everywhere. */
function judge(match: SecretMatch): SecretAnswer | null {
  const { value = '' } = match.groups;
  return looksGenerated(value) && !isPlaceholder(value) ? unlessInManual(HELD, match) : null;
}

function sourceOf(names: readonly string[]): string {
  return `(?:${names.map((name) => name.replace(/[.()]/g, '\\$&')).join('|')})`;
}
