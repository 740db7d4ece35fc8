import type { ColumnTypes, Migration } from '../migration.ts';

/** The tables of the gate: ledger, releases, statements, jobs, credentials, vault. */
export const gate: Migration = {
  version: 1,
  statements: (types) => [
    ...ledgerTables(types),
    ...releaseTables(types),
    ...workTables(types),
    ...credentialTables(types),
  ],
};

function ledgerTables({ text, integer, bytes, end }: ColumnTypes): string[] {
  return [
    `create table ledger_entries (
      "index" ${integer} primary key check ("index" >= 0),
      kind ${text} not null,
      release ${text},
      bytes ${bytes} not null,
      leaf_hash ${bytes} not null
    )${end}`,
    `create table ledger_nodes (
      level ${integer} not null,
      "index" ${integer} not null,
      hash ${bytes} not null,
      primary key (level, "index")
    )${end}`,
    `create table checkpoints (
      size ${integer} primary key,
      root ${bytes} not null,
      note ${text} not null,
      signed_at ${text} not null
    )${end}`,
    `create table documents (
      digest ${text} primary key,
      kind ${text} not null,
      body ${text} not null
    )${end}`,
    `create table genesis (
      id ${integer} primary key check (id = 1),
      digest ${text} not null
    )${end}`,
    `create table governance (
      kind ${text} not null,
      version ${integer} not null,
      digest ${text} not null,
      previous ${text},
      ledger_index ${integer} not null,
      primary key (kind, version)
    )${end}`,
  ];
}

// References to releases are checked at the end of the transaction, so that a use case may write
// its rows in the order in which it thinks of them.
function releaseTables({ text, integer, sequence, end }: ColumnTypes): string[] {
  const ofRelease = 'references releases (id) deferrable initially deferred';
  return [
    `create table releases (
      seq ${sequence},
      id ${text} not null unique,
      short_id ${text} not null unique,
      project ${text} not null,
      tag ${text} not null,
      version ${text} not null,
      attempt ${integer} not null,
      state ${text} not null,
      live ${integer} not null check (live in (0, 1)),
      revision ${integer} not null,
      policy_name ${text} not null,
      policy_digest ${text} not null,
      roster_digest ${text} not null,
      opened ${text} not null,
      opened_at ${text} not null,
      "commit" ${text},
      dist_tag ${text},
      declared ${text} not null,
      reopens ${text} ${ofRelease},
      sealed_at ${text},
      manifest ${text},
      report ${text},
      reason ${text}
    )${end}`,
    // the rule "one release under way per project and tag", kept by the database itself
    `create unique index releases_live on releases (project, tag) where live = 1`,
    `create index releases_project on releases (project, seq)`,
    `create table artifacts (
      seq ${sequence},
      release ${text} not null ${ofRelease},
      file ${text} not null,
      ecosystem ${text} not null,
      package ${text} not null,
      version ${text} not null,
      kind ${text} not null,
      size_bytes ${integer} not null,
      sha256 ${text} not null,
      sha512 ${text} not null,
      sha1 ${text} not null,
      received_at ${text} not null,
      description ${text} not null,
      request_differences ${text} not null,
      requested_tag ${text},
      unique (release, file)
    )${end}`,
    `create index artifacts_package on artifacts (ecosystem, package, version)`,
    `create table events (
      release ${text} not null ${ofRelease},
      sequence ${integer} not null,
      at ${text} not null,
      event ${text} not null,
      "from" ${text},
      "to" ${text} not null,
      actor ${text} not null,
      reason ${text},
      ledger_index ${integer} not null,
      primary key (release, sequence)
    )${end}`,
    `create table statements (
      seq ${sequence},
      digest ${text} not null,
      release ${text} ${ofRelease},
      purpose ${text} not null,
      person ${text},
      manifest ${text},
      signature ${text} not null,
      envelope ${text} not null,
      recorded_at ${text} not null,
      ledger_index ${integer} not null
    )${end}`,
    // a grant stands by itself and with each release it opened; plain columns would let the first
    // kind in again and again, because null equals nothing
    `create unique index statements_digest on statements (digest, coalesce(release, ''))`,
    `create index statements_release on statements (release, purpose, seq)`,
  ];
}

function workTables({ text, integer, sequence, end }: ColumnTypes): string[] {
  const ofRelease = 'references releases (id) deferrable initially deferred';
  return [
    `create table jobs (
      seq ${sequence},
      id ${text} not null unique,
      kind ${text} not null,
      release ${text} ${ofRelease},
      payload ${text} not null,
      run_at ${text} not null,
      key ${text} not null,
      attempts ${integer} not null,
      last_error ${text},
      owner ${text},
      lease_until ${text},
      done_at ${text}
    )${end}`,
    `create unique index jobs_key on jobs (key) where done_at is null`,
    `create index jobs_due on jobs (run_at, seq) where done_at is null`,
    `create index jobs_release on jobs (release) where done_at is null`,
    `create table effects (
      id ${text} primary key,
      release ${text} not null ${ofRelease},
      sequence ${integer} not null,
      kind ${text} not null,
      target ${text} not null,
      state ${text} not null,
      intended_at ${text},
      observed_at ${text},
      outcome ${text},
      unique (release, sequence)
    )${end}`,
  ];
}

function credentialTables({ text, integer, sequence, end }: ColumnTypes): string[] {
  return [
    `create table upload_credentials (
      hash ${text} primary key,
      release ${text} not null references releases (id) deferrable initially deferred,
      expires_at ${text} not null,
      revoked_at ${text}
    )${end}`,
    `create index upload_credentials_release on upload_credentials (release)`,
    `create table project_credentials (
      seq ${sequence},
      hash ${text} not null unique,
      name ${text} not null,
      project ${text} not null,
      creator ${text} not null,
      "grant" ${text} not null,
      expires_at ${text} not null,
      revoked_at ${text}
    )${end}`,
    `create index project_credentials_project on project_credentials (project, seq)`,
    `create table sessions (
      hash ${text} primary key,
      holder ${text} not null,
      kind ${text} not null,
      key_fingerprint ${text} not null,
      expires_at ${text} not null,
      revoked_at ${text}
    )${end}`,
    `create table challenges (
      challenge ${text} primary key,
      expires_at ${text} not null
    )${end}`,
    `create index challenges_expiry on challenges (expires_at)`,
    `create table vault (
      seq ${sequence},
      name ${text} not null,
      version ${integer} not null,
      deposit ${text},
      envelope ${text},
      upstream ${text} not null,
      origin ${text} not null,
      statement ${text} not null,
      created_at ${text} not null,
      expires_at ${text},
      disabled_at ${text},
      note ${text},
      unique (name, version)
    )${end}`,
  ];
}
