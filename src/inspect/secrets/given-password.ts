/** What is said of a text that stands where a call, a command or a statement takes a password. */
import { unlessExample } from '../look-alikes/example-context.ts';
import type { SecretAnswer, SecretMatch } from '../rule.ts';
import { isTypedByOwner } from './chosen-password.ts';
import { judgeLogin } from './login.ts';

/** Plausible where chance or a person with an account made it; weak, or null, for words and variables. */
export function judgeGivenPassword(match: SecretMatch): SecretAnswer | null {
  const { password = '' } = match.groups;
  // within a text only a name makes it a variable
  const plain = password.replace(/(?<!^)\$(?![A-Za-z_{(])/g, '#');
  const answer = judgeLogin(match, { password: plain });
  if (answer?.confidence !== 'weak' || !isTypedByOwner(password)) return answer;
  return unlessExample(CHOSEN, match);
}

const CHOSEN: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it stands where a password does, and people choose them so',
};
