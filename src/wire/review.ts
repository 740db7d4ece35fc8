/** What a reviewer reads: the inspection report, and everything needed to recompute it. */
import { z } from 'zod';
import { CONFIDENCES, VERDICTS } from '../core/finding.ts';
import type { ReportView } from '../gateway/gateway.ts';
import { signedStatement } from './statement.ts';

const position = z.number().int().min(1).nullable();

const finding = z
  .object({
    rule: z.string(),
    category: z.enum(['secret', 'content', 'change', 'release']),
    severity: z.enum(['info', 'low', 'medium', 'high', 'critical']),
    confidence: z.enum(CONFIDENCES),
    effect: z.enum(['note', 'hold', 'reject']),
    path: z.string().nullable(),
    line: position,
    column: position,
    message: z.string(),
    fingerprint: z.string(),
  })
  .meta({ id: 'Finding' });

const unread = z.object({ path: z.string(), reason: z.string() }).meta({ id: 'Unread' });

const artifactReport = z
  .object({
    path: z.string(),
    sha256: z.string(),
    sizeBytes: z.number(),
    verdict: z.enum(VERDICTS),
    findings: z.array(finding).readonly(),
    unread: z.array(unread).readonly(),
  })
  .meta({ id: 'ArtifactReport' });

const upstreamSummary = z
  .object({
    ecosystem: z.string(),
    package: z.string(),
    version: z.string(),
    exists: z.enum(['yes', 'no']),
    versionTaken: z.enum(['yes', 'no']),
    latest: z.string().nullable(),
    highestInLine: z.string().nullable(),
    highest: z.string().nullable(),
    distTags: z.record(z.string(), z.string()).readonly(),
    attestedVersions: z.array(z.string()).readonly().exactOptional(),
  })
  .meta({ id: 'UpstreamSummary' });

const requestDifference = z.object({
  file: z.string(),
  differences: z
    .array(z.object({ field: z.string(), claimed: z.string(), actual: z.string() }))
    .readonly(),
});

export const report = z
  .object({
    verdict: z.string(),
    findings: z.array(finding).readonly(),
    artifacts: z.array(artifactReport).readonly(),
    unread: z.array(unread).readonly(),
    upstream: z.array(upstreamSummary).readonly(),
    requestDifferences: z.array(requestDifference).readonly(),
  })
  .meta({ id: 'Report' }) satisfies z.ZodType<ReportView>;

/** Documents are canonical JSON texts: hash them as they stand. */
export const reviewBundle = z
  .object({
    manifest: z.string(),
    report: z.string(),
    baselines: z.array(z.string()).readonly(),
    sourceTree: z.string().exactOptional(),
    attestations: z.array(z.string()).readonly().exactOptional(),
    trustedRoot: z.string().exactOptional(),
    genesis: z.string(),
    founding: z.array(signedStatement).readonly(),
    policyDocument: z.string(),
    rosterDocument: z.string(),
    opening: z.array(signedStatement).readonly(),
    identities: z.array(z.string()).readonly(),
    checkpoint: z.string(),
    proof: z.object({ entry: z.string(), proof: z.string() }),
  })
  .meta({ id: 'ReviewBundle' });
