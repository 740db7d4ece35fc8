/** Secrets of services of artificial intelligence. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as replicateToken } from './ai/replicate-token.ts';

/** In order of id. */
export const AI: readonly SecretRule[] = [replicateToken];
