/** Whether a value stands in documentation or among the people of examples. */
import type { SecretAnswer, SecretMatch } from '../rule.ts';

/** Words of examples; prompts of Python and literal blocks of its manuals; replies in RFCs. */
const EXAMPLE =
  /\bexamples?\b|\be\.g\.|\bsamples?\b|\bdummy\b|\bfake\b|\bmock|\bacme\b|\balice\b|john ?doe|somewhere\.com|example\.(?:com|org|net)|>>> |::[ \t]*\r?\n[ \t]*\r?\n|\bOutput::|HTTP\/1\.1 (?:200|302)|\bRFC ?\d{4}|(?<!\d)(?:123456789012|111122223333)(?!\d)|not.{0,8}real/i;

const SHOWN: SecretAnswer = {
  confidence: 'weak',
  reason: 'it stands in what reads like documentation or an example',
};

/** `answer`, or weak where the text around the match reads like an example. */
export function unlessExample(answer: SecretAnswer, match: SecretMatch): SecretAnswer {
  if (answer.confidence === 'weak') return answer;
  return EXAMPLE.test(match.before) || EXAMPLE.test(match.after) ? SHOWN : answer;
}
