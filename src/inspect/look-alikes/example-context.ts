/** Whether a value stands in documentation or among the people of examples. */
import type { SecretAnswer, SecretMatch } from '../rule.ts';
import { isInManual } from './manual-context.ts';

/** An address that leads to nobody (RFC 2606), up to what stands in it. */
const TO_NOBODY =
  /:\/\/(?:[^\s"'`<>/?#]{0,80}[.@])?example\.(?:com|net|org)(?::\d{1,5})?(?:[/?#][^\s"'`<>]{0,200})?$/i;

/** Words of examples, not hosts and addresses of mail, which configuration with real secrets has too;
 * prompts of Python and literal blocks of its manuals; replies in RFCs. */
const EXAMPLE =
  /(?<![\w-][.@]|@)\bexamples?\b(?!\.(?:com|org|net))|\be\.g\.|\bsamples?\b|\bdummy\b|\bfake\b|\bmock|\bfoo-bar\b|john ?doe|john@doe\.com|somewhere\.com|>>> |::[ \t]*\r?\n[ \t]*\r?\n|\bOutput::|HTTP\/1\.1 (?:200|302)|\bRFC ?\d{4}|(?<!\d)(?:123456789012|111122223333)(?!\d)|not.{0,8}real/i;
/** Ids of documentation end or begin so, as `AKIAIOSFODNN7EXAMPLE` does: no word of its own. */
const EXAMPLE_ID = /[A-Z0-9]EXAMPLE|EXAMPLE[A-Z0-9]/;

/** What a value in an example or a manual is answered with. */
export const SHOWN: SecretAnswer = {
  confidence: 'weak',
  reason: 'it stands in what reads like documentation or an example',
};

/** `answer`, or weak where the text around the match reads like an example or a manual. */
export function unlessExample(answer: SecretAnswer, match: SecretMatch): SecretAnswer {
  if (answer.confidence === 'weak') return answer;
  const isExample =
    readsLikeExample(match.before) ||
    readsLikeExample(match.after) ||
    TO_NOBODY.test(match.before) ||
    isShown(match);
  return isExample ? SHOWN : answer;
}

/** Whether a text has the words, people or ids of examples. */
export function readsLikeExample(text: string): boolean {
  return EXAMPLE.test(text) || EXAMPLE_ID.test(text);
}

/** Whether a match stands in a manual. */
export function isShown({ passage }: SecretMatch): boolean {
  const { text, isWhole } = passage();
  return isInManual(text, isWhole);
}

/** Whether a bundler wrote what is around: no line ends for long, and hardly a blank. */
export function isMinified(before: string, after: string): boolean {
  const around = `${before.slice(-256)}${after.slice(0, 256)}`;
  if (around.length < 400 || around.includes('\n')) return false;
  return (around.match(/ /g)?.length ?? 0) < around.length / 12;
}
