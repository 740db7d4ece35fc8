import type { StoreReader, StoreTransaction } from '../gateway/ports.ts';
import { readArtifacts, writeArtifacts } from './artifacts.ts';
import { readCiIdentities, writeCiIdentities } from './ci-identities.ts';
import { readCredentials, writeCredentials } from './credentials.ts';
import { readDocuments, writeDocuments } from './documents.ts';
import { readEffects, writeEffects } from './effects.ts';
import { readJobs, writeJobs } from './jobs.ts';
import { readLedger, writeLedger } from './ledger.ts';
import { readPasskeys, writePasskeys } from './passkeys.ts';
import { readReleases, writeReleases } from './releases.ts';
import type { Queries } from './session.ts';
import { readSessions, writeSessions } from './sessions.ts';
import { readStatements, writeStatements } from './statements.ts';
import { readVault, writeVault } from './vault.ts';

/** The reading half of the Store port, over one session. */
export function createReader(db: Queries): StoreReader {
  return {
    ...readLedger(db),
    ...readDocuments(db),
    ...readReleases(db),
    ...readArtifacts(db),
    ...readStatements(db),
    ...readCiIdentities(db),
    ...readEffects(db),
    ...readJobs(db),
    ...readCredentials(db),
    ...readSessions(db),
    ...readPasskeys(db),
    ...readVault(db),
  };
}

/** The whole Store port, over one session. */
export function createTransaction(db: Queries): StoreTransaction {
  return {
    ...createReader(db),
    ...writeLedger(db),
    ...writeDocuments(db),
    ...writeReleases(db),
    ...writeArtifacts(db),
    ...writeStatements(db),
    ...writeCiIdentities(db),
    ...writeEffects(db),
    ...writeJobs(db),
    ...writeCredentials(db),
    ...writeSessions(db),
    ...writePasskeys(db),
    ...writeVault(db),
  };
}
