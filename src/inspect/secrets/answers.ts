/** Answers that many rules give, each in the same words. */
import type { SecretAnswer } from '../rule.ts';

/** The checksum of a token belongs to it. */
export const RIGHT_CHECKSUM: SecretAnswer = {
  confidence: 'proven',
  reason: 'its checksum is right',
};

/** It belongs to another. */
export const WRONG_CHECKSUM: SecretAnswer = {
  confidence: 'weak',
  reason: 'its checksum is wrong, so it may be made up',
};

/** All that can be known of a token without a checksum is as it should be. */
export const FORMED: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it has the form of a token, which carries no checksum',
};

/** A value is known by its name alone. */
export const NAMED: SecretAnswer = {
  confidence: 'plausible',
  reason: 'its name says that it is secret, and it looks random',
};

/** The same where a bundler has shortened names, and what looks random is often none. */
export const BUNDLED: SecretAnswer = {
  confidence: 'weak',
  reason: 'it looks random, in a bundle where much does',
};

/** Chance has not made it. */
export const PLACEHOLDER: SecretAnswer = {
  confidence: 'weak',
  reason: 'it looks like a placeholder',
};

/** Chance has not made it, or hardly. */
export const PLACEHOLDER_OR_WORDS: SecretAnswer = {
  confidence: 'weak',
  reason: 'it looks like a placeholder or like words',
};

/** A private key is there as a whole, and no passphrase protects it. */
export const WHOLE_KEY: SecretAnswer = {
  confidence: 'proven',
  reason: 'it is complete and not encrypted',
};

/** A private key is there, behind a passphrase. */
export const LOCKED_KEY: SecretAnswer = {
  confidence: 'plausible',
  reason: 'it is encrypted with a passphrase',
};
