import { unlessExample } from '../../look-alikes/example-context.ts';
import type { SecretMatch, SecretRule } from '../../rule.ts';
import { ASSIGNMENT, isAssigned } from '../assignment.ts';
import { textsOf } from '../define.ts';
import { createStepPattern } from '../step-pattern.ts';

const NAMES = [
  'mnemonic',
  'seed_phrase',
  'seedPhrase',
  'seedphrase',
  'recovery_phrase',
  'recoveryPhrase',
];
const KEYWORDS = [
  ...new Set(
    NAMES.flatMap((name) => [
      name,
      name.toUpperCase(),
      name.slice(0, 1).toUpperCase() + name.slice(1),
    ]),
  ),
];
/** Words of sentences that the list of BIP 39 leaves out. */
const SENTENCE =
  /\b(?:the|and|for|with|from|your|are|was|has|not|but|which|were|been|into|their|should|would)\b/;
/** How many words a phrase has. */
const LENGTHS: readonly number[] = [12, 15, 18, 21, 24];

export const rule: SecretRule = {
  ...textsOf({
    id: 'mnemonic-phrase',
    version: 1,
    family: 'keys',
    title: 'recovery phrase of a wallet',
    about: 'Twelve to twenty-four words after the name of a mnemonic or a seed phrase (BIP 39)',
    attack: 'Whoever has the words has the wallet, and spends what it holds',
    mend: 'Move what the wallet holds to a new one now, then remove the words from the package',
  }),
  keywords: KEYWORDS,
  pattern: createStepPattern(
    new RegExp(`(?<name>(?:${KEYWORDS.join('|')})[A-Za-z0-9_.-]{0,24})`, 'y'),
    ASSIGNMENT,
    /(?<words>[a-z]{3,8}(?: [a-z]{3,8}){11,23})(?=["'`\\<&\r\n]|$)/y,
  ),
  reach: 420,
  verify: judge,
  examples: {
    bad: [
      { about: 'a variable', make: () => `MNEMONIC="${WORDS.join(' ')}"\n` },
      { about: 'a property in code', make: () => `accounts: { mnemonic: '${WORDS.join(' ')}' },` },
    ],
    fine: [
      {
        about: 'the same word again and again',
        make: () => `mnemonic = "${'test '.repeat(11)}junk"`,
      },
      { about: 'eleven words', make: () => `mnemonic = "${WORDS.slice(1).join(' ')}"` },
      {
        about: 'a sentence',
        make: () =>
          'mnemonic: "words that open your wallet again when the phone gets lost somewhere"',
      },
    ],
  },
};

const WORDS = 'gravity orbit lunar crisp fabric tunnel velvet mango pistol rural stamp wagon'.split(
  ' ',
);

function judge(match: SecretMatch) {
  const { words = '' } = match.groups;
  const list = words.split(' ');
  const isPhrase = LENGTHS.includes(list.length) && new Set(list).size === list.length;
  if (!isPhrase || SENTENCE.test(words) || !isAssigned(match)) return null;
  return unlessExample(
    { confidence: 'plausible', reason: 'it is as many different words as a phrase has' },
    match,
  );
}
