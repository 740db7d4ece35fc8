/** The families of secret rules, and what is true of every secret in one. */
import type { SecretRule } from '../rule.ts';

/** What a rule says when its definition does not. */
export type FamilyTexts = Pick<SecretRule, 'severity' | 'attack' | 'mend'>;

/** A family; each has a folder and a list of its name. */
export type Family =
  | 'registries'
  | 'forges'
  | 'clouds'
  | 'ai'
  | 'payment'
  | 'chat'
  | 'mail'
  | 'databases'
  | 'observability'
  | 'keys'
  | 'web'
  | 'generic';

const STAYS = 'then remove it from the package; a published secret stays public';

/** The texts of each family. */
export const FAMILIES: Readonly<Record<Family, FamilyTexts>> = {
  registries: {
    severity: 'critical',
    attack:
      'Whoever unpacks the package can publish in the name of the owner, or read what is private',
    mend: `Revoke the token at the registry now, ${STAYS}`,
  },
  forges: {
    severity: 'critical',
    attack: 'The token reads or changes source and pipelines, and through them what they publish',
    mend: `Revoke the token where it was made now, ${STAYS}`,
  },
  clouds: {
    severity: 'critical',
    attack: 'The credential opens machines, storage and whatever else the account runs',
    mend: `Revoke the credential at the provider now, ${STAYS}`,
  },
  ai: {
    severity: 'high',
    attack: 'Anyone spends the quota of the account, and may read what was sent to it',
    mend: `Revoke the key at the provider now, ${STAYS}`,
  },
  payment: {
    severity: 'critical',
    attack: 'The key moves money, or reads who paid what',
    mend: `Roll the key at the provider now, ${STAYS}`,
  },
  chat: {
    severity: 'high',
    attack: 'Anyone reads messages, or writes in the name of a trusted sender',
    mend: `Revoke the token at the provider now, ${STAYS}`,
  },
  mail: {
    severity: 'high',
    attack: 'Anyone sends mail or text messages that pass as the owner, or reads who got some',
    mend: `Revoke the key at the provider now, ${STAYS}`,
  },
  databases: {
    severity: 'critical',
    attack: 'Whoever reaches the database reads and changes what is in it',
    mend: `Change the password now, ${STAYS}`,
  },
  observability: {
    severity: 'high',
    attack: 'Anyone reads logs and metrics, which hold more secrets, or hides an attack in noise',
    mend: `Revoke the key at the provider now, ${STAYS}`,
  },
  keys: {
    severity: 'critical',
    attack: 'The key signs, decrypts or logs in as its owner, for as long as it is trusted',
    mend: 'Replace the key wherever it is trusted, then remove it from the package',
  },
  web: {
    severity: 'high',
    attack: 'Anyone uses the service as the owner, and reads what it holds',
    mend: `Revoke the credential at the provider now, ${STAYS}`,
  },
  generic: {
    severity: 'high',
    attack: 'Whoever unpacks the package has the secret, whatever it opens',
    mend: `Replace the secret now, ${STAYS}`,
  },
};
