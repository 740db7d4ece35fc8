import { unlessExample } from '../../look-alikes/example-context.ts';
import { isPlaceholder, looksRandom } from '../../look-alikes/randomness.ts';
import { looksGenerated } from '../../look-alikes/surprise.ts';
import type { SecretAnswer, SecretMatch, SecretRule } from '../../rule.ts';
import { textsOf } from '../define.ts';
import { run, sampleOf } from '../token-form.ts';

/** Clients of vendors by how they are made, and the secret among their options or arguments. */
const VENDORS: readonly (readonly [string, string])[] = [
  [
    'Pusher\\(',
    '[^)]{0,200}?\\bsecret["\']?\\s{0,4}[:=]\\s{0,4}["\'](?<secret>[0-9a-f]{20})(?=["\'])',
  ],
  [
    '(?:wilio(?:["\']\\))?|Client)\\(',
    '\\s{0,12}["\']AC[0-9a-f]{32}["\'],\\s{0,12}["\'](?<secret>[0-9a-f]{32})(?=["\'])',
  ],
  [
    'ailgun\\.client\\(',
    '[^)]{0,120}?\\bkey["\']?: ?["\'](?<secret>[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})(?=["\'])',
  ],
  [
    '(?:Live|Production|Sandbox)Environment\\(',
    '\\s{0,12}["\']A[A-Za-z0-9_-]{79}["\'],\\s{0,12}["\'](?<secret>E[A-Za-z0-9_-]{79})(?=["\'])',
  ],
];
/** Clients of whoever: a single argument, of which only its form says that it is a key. */
const ANY = '(?:Client|A(?:pi|PI)|S(?:dk|DK))\\(';

const [TOKEN, SHORT, DIGITS] = [run('alnum', 40), run('hex', 20), run('hex', 32)].map((one) =>
  sampleOf([one], 'client-credentials'),
);
/** What names an application or an account beside its secret. */
const [APP, ACCOUNT] = [run('hex', 20), run('hex', 32)].map((one) => sampleOf([one], 'account'));
const PARTS = sampleOf([run('hex', 32), '-', run('hex', 8), '-', run('hex', 8)], 'mailgun');

/** A rule for secrets with which clients of services are made. */
export const rule: SecretRule = {
  ...textsOf({
    id: 'client-credentials',
    version: 1,
    family: 'generic',
    title: 'secret of a client',
    about:
      'Secrets that clients of services are made with: `new Pusher({ secret: "..." })`, `twilio("AC...", "...")`, `mailgun.client({ key: "..." })`, PayPal\'s environments, and the only argument of `new Client("...")`',
  }),
  keywords: [
    'Pusher(',
    'wilio(',
    "wilio')(",
    'wilio")(',
    ...['Client', 'Api', 'API', 'Sdk', 'SDK'].flatMap((name) => [`${name}('`, `${name}("`]),
    'ailgun.client(',
    'LiveEnvironment(',
    'ProductionEnvironment(',
    'SandboxEnvironment(',
  ],
  pattern: new RegExp(
    [
      `(?<prefix>${ANY}["'])(?<only>[A-Za-z0-9_-]{32,200})(?=["']\\s{0,4}\\))`,
      ...VENDORS.map(([head, rest]) => {
        const at = rest.indexOf('(?<secret>');
        return `(?<prefix>${head}${rest.slice(0, at)})${rest.slice(at)}`;
      }),
    ].join('|'),
    'y',
  ),
  reach: 340,
  isGeneric: true,
  verify: judge,
  examples: {
    bad: [
      { about: 'the only argument', make: () => `const c = new q4zk.Client('${TOKEN}');\n` },
      {
        about: 'of Pusher',
        make: () =>
          `new Pusher({ appId: '71', key: '${APP}', secret: '${SHORT}', cluster: 'eu' });\n`,
      },
      { about: 'of Twilio', make: () => `const client = twilio('AC${ACCOUNT}', '${DIGITS}');\n` },
      {
        about: 'of Mailgun',
        make: () => `mailgun.client({ username: 'api', key: '${PARTS}' });\n`,
      },
    ],
    noted: [
      {
        about: 'in a fence of Markdown',
        make: () => `Use:\n\n\`\`\`js\nconst c = new Client('${TOKEN}');\n\`\`\`\n`,
      },
    ],
    fine: [
      { about: 'a name', make: () => "new Client('the-name-of-it-in-eu-central-1-2024-a')\n" },
      { about: 'an id', make: () => `new Client('${DIGITS}')\n` },
      {
        about: 'an address of a chain',
        make: () => `new Client('${sampleOf([run('base58', 44)], 'chain')}')\n`,
      },
      { about: 'an argument that is not the only one', make: () => `getClient('${TOKEN}', 2)\n` },
      { about: 'a function', make: () => `useApi('${TOKEN}')\n` },
      { about: 'a placeholder', make: () => "twilio('ACXXXXXXXX', 'your_auth_token')\n" },
    ],
  },
};

const HELD: SecretAnswer = {
  confidence: 'plausible',
  reason: 'a client of a service is made with it, and it looks random',
};
const CHAIN_ADDRESS = /^[1-9A-HJ-NP-Za-km-z]{43,44}$/;
/** `new`, or what begins a statement or a value, and the name of a class. */
const MADE = /(?:\bnew |[=(,:\s])(?:[\w$]+\.){0,3}[A-Z]?[A-Za-z0-9]*$/;
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9].*[0-9]/];

function judge(match: SecretMatch): SecretAnswer | null {
  const { secret, only = '' } = match.groups;
  if (secret !== undefined) {
    const size = /^[0-9a-f-]+$/.test(secret) ? 16 : 64;
    return looksRandom(secret.replaceAll('-', ''), size) ? unlessExample(HELD, match) : null;
  }
  if (isPlaceholder(only) || CHAIN_ADDRESS.test(only) || !isMade(match)) return null;
  const isDrawn = KINDS.every((kind) => kind.test(only)) && looksGenerated(only);
  return isDrawn ? unlessExample(HELD, match) : null;
}

/** Whether the name of the call is that of a class. */
function isMade({ before, text }: SecretMatch): boolean {
  const name = /[A-Za-z0-9_$]*$/.exec(before)?.[0] ?? '';
  return MADE.test(before) && /^[A-Z]/.test(`${name}${text}`);
}
