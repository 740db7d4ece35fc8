/** Puts packed samples through the engine, beside the version before, as an inspection does. */
import type { InspectionReport } from '../../src/core/manifest.ts';
import { joinRanges } from '../../src/ecosystem/new-dependencies.ts';
import type { ArchiveEntry } from '../../src/formats/archive-entry.ts';
import { createTreeCollector } from '../../src/inspect/artifact/packed-tree.ts';
import { digestOfSummary, summarize } from '../../src/inspect/diff/summary.ts';
import { createInspector, type InspectedArtifact } from '../../src/inspect/engine.ts';
import type { ArtifactFacts, Rule } from '../../src/inspect/rule.ts';
import type { ArtifactSample } from '../../src/inspect/samples/sample-artifact.ts';
import {
  SAMPLE_ASKED_AT,
  type SampleChanges,
  sampleRelease,
} from '../../src/inspect/samples/sample-release.ts';
import { sampleCommit } from '../../src/inspect/samples/sample-source.ts';

export async function* walk(entries: readonly ArchiveEntry[]): AsyncIterable<ArchiveEntry> {
  yield* entries;
}

/** The sample's files stand in for those of the sample release, which `changes` may alter; what was
 * before is summarised as the inspection before would have done. */
export async function inspectSample(
  rules: readonly Rule[],
  sample: ArtifactSample,
  changes: SampleChanges = {},
): Promise<InspectionReport> {
  const { inputs, artifacts: facts, ...context } = sampleRelease(changes);
  const parts = [sample, ...(sample.twin === undefined ? [] : [sample.twin])];
  const partOf = (kind: string) => parts.find((one) => one.kind === kind);
  const before = facts.flatMap((one) => {
    const entries = partOf(one.kind)?.before;
    if (entries === undefined) return [];
    const content = summaryOf(one, entries);
    return [{ ...one, version: '1.2.2', content, summary: digestOfSummary(content) }];
  });
  const upstream = facts.flatMap((one) => {
    const entries = partOf(one.kind)?.upstream;
    return entries === undefined ? [] : [{ of: one, content: summaryOf(one, entries) }];
  });
  const newest = upstream.map(
    ({ of: { ecosystem, package: name, kind, file, ...one }, content }) => {
      const { sizeBytes, sha256 } = one;
      const summary = digestOfSummary(content);
      const found = {
        kind,
        file,
        sizeBytes,
        sha256,
        stated: 'sha512',
        summary,
        reason: null,
      } as const;
      return { ecosystem, package: name, version: '1.2.2', files: [found], reason: null };
    },
  );
  const baselines = before.map(({ ecosystem, package: name, version, kind, ...one }) => {
    const { file, sha256, summary } = one;
    return { ecosystem, package: name, version, kind, file, sha256, summary };
  });
  const approved = before.map(({ ecosystem, package: name, version }) => {
    return { ecosystem, package: name, versions: [version] };
  });
  const artifacts = facts.map((one): InspectedArtifact => {
    const entries = partOf(one.kind)?.entries ?? [];
    const description = one.description && {
      ...one.description,
      ...dependenciesOf(one, entries),
    };
    return { ...one, description, entries: walk(entries) };
  });
  const histories = [...(inputs.times?.histories ?? []), ...(sample.histories ?? [])];
  const times = { askedAt: SAMPLE_ASKED_AT, histories };
  const { tree, claim } = sampleCommit(sample.commit, sample.outputs);
  const { report } = await createInspector(rules, 'test').inspectRelease({
    ...context,
    inputs: {
      ...inputs,
      ...{ baselines, times },
      ...(newest.length === 0 ? {} : { newest, approved }),
      ...(claim === null ? {} : { source: claim }),
    },
    baselines: [...before, ...upstream].map((one) => one.content),
    sourceTree: tree,
    artifacts,
  });
  return report;
}

function summaryOf(one: ArtifactFacts, entries: readonly ArchiveEntry[]) {
  const options = { file: one.file, kind: one.kind, digests: true, capabilities: true };
  const collector = createTreeCollector(options);
  for (const entry of entries) collector.add(entry);
  return summarize(one, collector.tree());
}

/** As the ecosystem describes the artifact. */
function dependenciesOf({ kind }: ArtifactFacts, entries: readonly ArchiveEntry[]) {
  const manifest = entries.find((one) => one.path === 'package/package.json');
  if (kind !== 'tarball' || manifest === undefined) return { dependencies: [], ranges: {} };
  const fields = JSON.parse(Buffer.from(manifest.content).toString('utf8'));
  const found = ['dependencies', 'optionalDependencies'].flatMap((field) =>
    Object.entries<string>(fields[field] ?? {}),
  );
  const ranges = new Map(
    found.map(([name, range]) => [/^npm:(@?[^@]+)/.exec(range)?.[1] ?? name, new Set([range])]),
  );
  return { dependencies: [...ranges.keys()].sort(), ranges: joinRanges(ranges) };
}
