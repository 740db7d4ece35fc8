/** Secrets of package registries. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as rubygemsToken } from './registries/rubygems-token.ts';

/** In order of id. */
export const REGISTRIES: readonly SecretRule[] = [rubygemsToken];
