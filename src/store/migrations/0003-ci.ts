import type { Migration } from '../migration.ts';

/** Upload credentials that are good for some packages, and the CI runs that asked for releases. */
export const ci: Migration = {
  version: 3,
  statements: ({ text, integer, sequence, end }) => [
    // null for credentials that are good for all of their release
    `alter table upload_credentials add column packages ${text}`,
    `create table ci_identities (
      seq ${sequence},
      digest ${text} not null,
      release ${text} not null references releases (id) deferrable initially deferred,
      recorded_at ${text} not null,
      ledger_index ${integer} not null,
      unique (release, digest)
    )${end}`,
  ],
};
