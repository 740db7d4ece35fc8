/** Examples that one rule has beside those of all that are made as it is. */
import type { SecretRule } from '../rule.ts';

/** `made` with more examples of what it must not find, and of what it must. */
export function withFine(
  made: SecretRule,
  more: SecretRule['examples']['fine'],
  bad: SecretRule['examples']['bad'] = [],
): SecretRule {
  const { examples } = made;
  return {
    ...made,
    examples: {
      ...examples,
      bad: [...examples.bad, ...bad],
      fine: [...examples.fine, ...more],
    },
  };
}
