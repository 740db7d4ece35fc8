import type { Migration } from '../migration.ts';

/** Passkeys to sign in with, links that are good once, and how each session was opened. */
export const signIn: Migration = {
  version: 2,
  statements: ({ text, integer, sequence, end }) => [
    `create table sign_in_passkeys (
      seq ${sequence},
      credential_id ${text} not null unique,
      person ${text} not null,
      name ${text} not null,
      public_key ${text} not null,
      algorithm ${integer} not null,
      relying_party ${text} not null,
      created_at ${text} not null,
      revoked_at ${text}
    )${end}`,
    `create table entry_links (
      hash ${text} primary key,
      kind ${text} not null,
      person ${text} not null,
      key_fingerprint ${text} not null,
      expires_at ${text} not null
    )${end}`,
    `create index entry_links_expiry on entry_links (expires_at)`,
    // sessions last minutes: those that were open before were opened at a terminal
    `alter table sessions add column via ${text} not null default 'terminal'`,
    `alter table sessions add column opened_at ${text} not null default ''`,
    `create index sessions_expiry on sessions (expires_at)`,
  ],
};
