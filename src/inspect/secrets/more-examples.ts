/** Examples that one rule has beside those of all that are made as it is. */
import type { SecretRule } from '../rule.ts';

/** `made` with more examples of what it must not find. */
export function withFine(made: SecretRule, more: SecretRule['examples']['fine']): SecretRule {
  const { examples } = made;
  return { ...made, examples: { ...examples, fine: [...examples.fine, ...more] } };
}
