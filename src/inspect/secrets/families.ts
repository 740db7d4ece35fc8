/** The lists of secret rules by family. A list that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { AI } from './ai.ts';
import { CLOUDS } from './clouds.ts';
import type { Family } from './family.ts';
import { FORGES } from './forges.ts';
import { REGISTRIES } from './registries.ts';

/** Each list under the name of its folder. */
export const SECRETS: Readonly<Partial<Record<Family, readonly SecretRule[]>>> = {
  ai: AI,
  clouds: CLOUDS,
  forges: FORGES,
  registries: REGISTRIES,
};
