import type { Migration } from '../migration.ts';

/** Attestations that came with an artifact: a canonical list of form and digest. */
export const attestations: Migration = {
  version: 4,
  statements: ({ text }) => [
    `alter table artifacts add column attestations ${text} not null default '[]'`,
  ],
};
