/** An artifact on disk, opened for inspection: its own description and its packed files. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { DEFAULT_INSPECTION_LIMITS } from '../core/inspection-limits.ts';
import { isSha256, type Sha256 } from '../core/names.ts';
import type { EcosystemRules } from '../ecosystem/ecosystem.ts';
import { type ContainerPart, readContainer } from '../formats/container.ts';
import type { RandomAccess } from '../formats/random-access.ts';
import type { InspectionSubject, Summarized } from '../gateway/ports.ts';
import { type InspectedArtifact, type Inspection, inspectRelease } from '../inspect/engine.ts';
import { summarizeArtifact } from '../inspect/summarize-artifact.ts';
import { type UnpackLimits, unpackLimits } from '../inspect/unpack-limits.ts';
import type { InspectionTask, SummaryTask } from './inspection-worker.ts';

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
  const { source, close } = await openFile(subject.location);
  try {
    return { description: await rules.describe(subject.file, source) };
  } catch (error) {
    const unreadable = error instanceof Error ? error.message : String(error);
    return { description: null, unreadable };
  } finally {
    await close();
  }
}

/** What is odd about it is told and not refused here: `describe` has refused it. */
async function* readEntries(
  path: string,
  name: string,
  limits: UnpackLimits,
): AsyncGenerator<ContainerPart, void, undefined> {
  const { source, close } = await openFile(path);
  try {
    yield* readContainer(source, { limits, name });
  } finally {
    await close();
  }
}

/** A file for reading at any place; the caller closes it. */
export interface OpenFile {
  readonly source: RandomAccess;
  /** The SHA-256 of all of it. */
  digest(): Promise<Sha256>;
  close(): Promise<void>;
}

const PIECE_BYTES = 256 * 1024;

/** Opens the file at `path`; rejects as `fs.open`. */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    async digest() {
      const hash = createHash('sha256');
      const piece = Buffer.allocUnsafeSlow(Math.max(1, Math.min(size, PIECE_BYTES)));
      for (let at = 0; at < size; ) {
        const { bytesRead } = await handle.read(piece, 0, piece.length, at);
        if (bytesRead === 0) throw new RangeError(`the file ends at ${at} of ${size}`);
        hash.update(piece.subarray(0, bytesRead));
        at += bytesRead;
      }
      const sha256 = hash.digest('hex');
      if (!isSha256(sha256)) throw new TypeError('a digest is 64 hexadecimal digits');
      return sha256;
    },
    source: {
      sizeBytes: size,
      async read(position, length) {
        // all of it is written below
        const bytes = Buffer.allocUnsafeSlow(length);
        for (let at = 0; at < length; ) {
          const { bytesRead } = await handle.read(bytes, at, length - at, position + at);
          if (bytesRead === 0) throw new RangeError(`no ${length} bytes at ${position} of ${size}`);
          at += bytesRead;
        }
        return bytes;
      },
    },
    close: () => handle.close(),
  };
}
