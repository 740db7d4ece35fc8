/** The lists of secret rules by family. A list that is not here does not run. */
import type { SecretRule } from '../rule.ts';
import { AI } from './ai.ts';
import { CHAT } from './chat.ts';
import { CLOUDS } from './clouds.ts';
import { DATABASES } from './databases.ts';
import type { Family } from './family.ts';
import { FORGES } from './forges.ts';
import { GENERIC } from './generic.ts';
import { KEYS } from './keys.ts';
import { MAIL } from './mail.ts';
import { OBSERVABILITY } from './observability.ts';
import { PAYMENT } from './payment.ts';
import { REGISTRIES } from './registries.ts';
import { WEB } from './web.ts';

/** Each list under the name of its folder. */
export const SECRETS: Readonly<Partial<Record<Family, readonly SecretRule[]>>> = {
  ai: AI,
  chat: CHAT,
  clouds: CLOUDS,
  databases: DATABASES,
  forges: FORGES,
  generic: GENERIC,
  keys: KEYS,
  mail: MAIL,
  observability: OBSERVABILITY,
  payment: PAYMENT,
  registries: REGISTRIES,
  web: WEB,
};
