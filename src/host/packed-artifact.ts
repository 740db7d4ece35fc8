/** An artifact on disk, opened for inspection: its own description and its packed files. */
import { DEFAULT_INSPECTION_LIMITS } from '../core/inspection-limits.ts';
import type { EcosystemRules } from '../ecosystem/ecosystem.ts';
import { type ContainerPart, readContainer } from '../formats/container.ts';
import type { InspectionSubject, Summarized } from '../gateway/ports.ts';
import { summarizeArtifact } from '../inspect/artifact/summarize-artifact.ts';
import { type InspectedArtifact, type Inspection, inspectRelease } from '../inspect/engine.ts';
import { type UnpackLimits, unpackLimits } from '../inspect/unpack/unpack-limits.ts';
import type { InspectionTask, SummaryTask } from './inspection-worker.ts';
import { openFile } from './open-file.ts';

/**
 * Inspects files where they lie. The same for the gateway's worker and for an approver's terminal,
 * which is why both get the same report, byte for byte.
 */
export async function inspectFiles(
  { inputs, policy, subjects, baselines, sourceTree }: InspectionTask,
  ecosystems: ReadonlyMap<string, EcosystemRules>,
): Promise<Inspection> {
  const rulesOf = (name: string): EcosystemRules => {
    const found = ecosystems.get(name);
    if (found === undefined) throw new Error(`no ecosystem ${name}`);
    return found;
  };
  const limits = unpackLimits(policy.inspection ?? DEFAULT_INSPECTION_LIMITS);
  const artifacts: InspectedArtifact[] = [];
  for (const subject of subjects) {
    const described = await describe(rulesOf(subject.ecosystem), subject);
    artifacts.push({
      ecosystem: subject.ecosystem,
      package: subject.package,
      version: subject.version,
      kind: subject.kind,
      file: subject.file,
      sha256: subject.sha256,
      sizeBytes: subject.sizeBytes,
      ...described,
      entries: readEntries(subject.location, subject.file, limits),
    });
  }
  return inspectRelease({
    ...{ inputs, policy, artifacts, baselines, sourceTree },
    ecosystems: rulesOf,
  });
}

/** What one artifact holds; the same on every machine. */
export async function summarizeFile({ policy, subject }: SummaryTask): Promise<Summarized> {
  const limits = unpackLimits(policy.inspection ?? DEFAULT_INSPECTION_LIMITS);
  try {
    const entries = readEntries(subject.location, subject.file, limits);
    return { summary: await summarizeArtifact({ ...subject, entries, limits }), reason: null };
  } catch (error) {
    return { summary: null, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function describe(rules: EcosystemRules, subject: InspectionSubject) {
  const { source, close } = openFile(subject.location);
  try {
    return { description: await rules.describe(subject.file, source) };
  } catch (error) {
    const unreadable = error instanceof Error ? error.message : String(error);
    return { description: null, unreadable };
  } finally {
    close();
  }
}

/** What is odd about it is told and not refused here: `describe` has refused it. */
async function* readEntries(
  path: string,
  name: string,
  limits: UnpackLimits,
): AsyncGenerator<ContainerPart, void, undefined> {
  const { source, close } = openFile(path);
  try {
    yield* readContainer(source, { limits, name });
  } finally {
    close();
  }
}
