/** Artifacts on this machine's disk: what they say about themselves, and what inspection says. */
import { createReadStream } from 'node:fs';
import type { ArtifactSummary } from '../core/artifact-summary.ts';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { InspectionInputs } from '../core/manifest.ts';
import type { Policy } from '../core/policy.ts';
import type { SourceTree } from '../core/source-tree.ts';
import type { ArtifactDescription, Ecosystem, EcosystemRules } from '../ecosystem/ecosystem.ts';
import { createThreadInspector } from '../host/inspector.ts';

type Inspector = ReturnType<typeof createThreadInspector>;
/** Where the inspector finds artifacts, and what they are. */
type Subjects = Parameters<Inspector['inspect']>[2];
type SummarySubject = Parameters<Inspector['summarize']>[1];

/** A laptop may take twice as long as the gateway, and must not disagree with it for that. */
const LOCAL = createThreadInspector({ withinMs: 7_200_000, patience: 2, heapMegabytes: 1024 });

export type Ecosystems = ReadonlyMap<string, Ecosystem>;

/** What an artifact says about itself; or why nobody can tell. */
export type LocalDescription =
  | { readonly ok: true; readonly description: ArtifactDescription }
  | { readonly ok: false; readonly reason: string };

/** Throws `not-found` for an ecosystem that this build does not know. */
export function requireEcosystem(ecosystems: Ecosystems, name: string): Ecosystem {
  const found = ecosystems.get(name);
  if (found !== undefined) return found;
  throw new CountersignError(
    'not-found',
    `expected ecosystem ${[...ecosystems.keys()].join(' or ')}, found ${name.slice(0, 60)}`,
    { hint: 'use the version of Countersign that the gateway runs' },
  );
}

/** Describes one artifact from its bytes. Throws only what is no fault of the artifact. */
export async function describeLocal(
  rules: EcosystemRules,
  file: string,
  location: string,
): Promise<LocalDescription> {
  try {
    const bytes = () => createReadStream(location) as AsyncIterable<Uint8Array>;
    return { ok: true, description: await rules.describe(file, bytes) };
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    return { ok: false, reason: error.message };
  }
}

/** Inspects files as the gateway does: same engine, same inputs, so the same report to the byte. */
export function inspectLocal(
  inputs: InspectionInputs,
  policy: Policy,
  subjects: Subjects,
  baselines: readonly ArtifactSummary[],
  sourceTree: SourceTree | null,
): ReturnType<Inspector['inspect']> {
  return LOCAL.inspect(inputs, policy, subjects, baselines, sourceTree);
}

/** What a file holds that is only compared with, as the gateway finds it: the same to the byte. */
export function summarizeLocal(
  policy: Policy,
  subject: SummarySubject,
): ReturnType<Inspector['summarize']> {
  return LOCAL.summarize(policy, subject);
}
