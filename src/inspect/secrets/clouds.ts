/** Secrets of clouds, hosts and networks. A rule that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { rule as digitaloceanToken } from './clouds/digitalocean-token.ts';

/** In order of id. */
export const CLOUDS: readonly SecretRule[] = [digitaloceanToken];
