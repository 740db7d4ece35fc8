/** Releases: the requests about them, and how they are shown. */
import { z } from 'zod';
import { RELEASE_STATES } from '../core/release-state.ts';
import type { OpenAnswer, QuorumView, ReleaseView } from '../gateway/gateway.ts';
import { json, personId, releaseId, sha256, shortText, time } from './fields.ts';
import { issuedSecret } from './session.ts';
import { signedStatement } from './statement.ts';

const opened = z.enum(['by-tag', 'by-commit', 'by-hand']);

/** `reopens` is the id or short id of an earlier attempt. */
export const openRequest = z
  .strictObject({
    statement: signedStatement.nullable(),
    project: shortText,
    tag: shortText,
    commit: shortText.nullable(),
    opened,
    confirmation: shortText.nullable(),
    policy: shortText.nullable(),
    packages: z.array(shortText).max(1000).readonly(),
    distTag: shortText.nullable(),
    reopens: shortText.nullable(),
  })
  .meta({ id: 'OpenRequest' });

export const cancelRequest = z
  .strictObject({ reason: z.string().max(1000).nullable() })
  .meta({ id: 'CancelRequest' });

const texts = z.array(z.string()).readonly();

const heldArtifact = z
  .object({
    ecosystem: z.string(),
    package: z.string(),
    version: z.string(),
    kind: z.string(),
    file: z.string(),
    sizeBytes: z.number(),
    sha256: z.string(),
    sha512: z.string(),
    sha1: z.string(),
  })
  .meta({ id: 'HeldArtifact' });

export const quorum = z
  .object({
    met: z.boolean(),
    rejectedBy: z.string().nullable(),
    counted: texts,
    ignored: z.array(z.object({ person: z.string(), reason: z.string() })).readonly(),
    missing: texts,
  })
  .meta({ id: 'Quorum' }) satisfies z.ZodType<QuorumView>;

export const release = z
  .object({
    id: releaseId,
    shortId: z.string(),
    project: z.string(),
    tag: z.string(),
    version: z.string(),
    attempt: z.number(),
    state: z.enum(RELEASE_STATES),
    reason: z.string().nullable(),
    policy: z.string(),
    opened,
    openedAt: time,
    sealedAt: time.nullable(),
    expiresAt: time.nullable(),
    commit: z.string().nullable(),
    distTag: z.string().nullable(),
    requesters: texts,
    runs: z
      .array(
        z.object({
          issuer: z.string(),
          actor: z.string(),
          run: z.string(),
          attempt: z.number(),
          identity: sha256,
          holder: personId.nullable(),
        }),
      )
      .readonly(),
    breakGlass: z.string().nullable(),
    reviewDueAt: time.nullable(),
    needsAdoption: z.boolean(),
    missing: texts,
    artifacts: z.array(heldArtifact).readonly(),
    manifest: z.string().nullable(),
    verdict: z.string().nullable(),
    quorum: quorum.nullable(),
    effects: z
      .array(
        z.object({
          kind: z.string(),
          target: json,
          state: z.string(),
          outcome: z.string().nullable(),
        }),
      )
      .readonly(),
    events: z
      .array(
        z.object({
          at: time,
          event: z.string(),
          to: z.string(),
          actor: z.string(),
          reason: z.string().nullable(),
          ledgerIndex: z.number(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Release' }) satisfies z.ZodType<ReleaseView>;

export const openAnswer = z
  .object({ release, upload: issuedSecret, reused: texts })
  .meta({ id: 'OpenAnswer' }) satisfies z.ZodType<OpenAnswer>;

/** Newest first. */
export const releaseList = z
  .object({ releases: z.array(release).readonly() })
  .meta({ id: 'ReleaseList' });
