/** What an inspection compares with: the version before, as it was approved and published here. */
import { type ArtifactSummary, artifactSummary } from '../core/artifact-summary.ts';
import { CountersignError } from '../core/errors.ts';
import { type BaselineFile, type InspectionInputs, inspectionReport } from '../core/manifest.ts';
import type { Ecosystem } from '../ecosystem/ecosystem.ts';
import { readDocument } from './governance.ts';
import type { ArtifactRow, StoreReader } from './ports.ts';

/** `summaries` are those that `files` name. All empty for what was never published here. */
export interface Baseline {
  readonly files: readonly BaselineFile[];
  readonly approved: InspectionInputs['approved'];
  readonly summaries: readonly ArtifactSummary[];
}

/** Files of published releases that are looked at, for one package. */
const ROWS_MAX = 1000;
const VERSIONS_MAX = 100;

/**
 * For each of `packages` the last published release of the same line, else the last one. What stands
 * upstream and was not approved is never one. Throws `ledger-corrupt` where a document is gone.
 */
export async function readBaseline(
  tx: StoreReader,
  ecosystems: ReadonlyMap<string, Ecosystem>,
  packages: readonly ArtifactRow[],
): Promise<Baseline> {
  const files: BaselineFile[] = [];
  const summaries: ArtifactSummary[] = [];
  const approved: InspectionInputs['approved'][number][] = [];
  for (const { ecosystem, package: name, version } of packages) {
    const rows = await tx.publishedArtifacts(ecosystem, name, ROWS_MAX);
    const versions = [...new Set(rows.map((row) => row.version))].slice(0, VERSIONS_MAX);
    if (versions.length === 0) continue;
    approved.push({ ecosystem, package: name, versions });
    const rules = ecosystems.get(ecosystem);
    const chosen = rows.find((row) => rules?.sameLine(row.version, version)) ?? rows[0];
    for (const row of rows.filter((one) => one.release === chosen?.release)) {
      const { digest, summary } = await readSummary(tx, row);
      const { kind, file, sha256 } = row;
      files.push({
        ecosystem,
        package: name,
        version: row.version,
        kind,
        file,
        sha256,
        summary: digest,
      });
      summaries.push(summary);
    }
  }
  return { files, approved, summaries };
}

/** The summary that the inspection of a published artifact left, by way of its report. */
async function readSummary(tx: StoreReader, row: ArtifactRow) {
  const release = await tx.release(row.release);
  if (release?.report != null) {
    const report = await readDocument(tx, release.report, inspectionReport, 'inspection report');
    const digest = report.summaries.find((one) => one.file === row.file)?.summary;
    if (digest !== undefined) {
      const what = `summary of ${row.file}`;
      return { digest, summary: await readDocument(tx, digest, artifactSummary, what) };
    }
  }
  throw new CountersignError(
    'ledger-corrupt',
    `the summary of ${row.file}, which was published, is missing from the store`,
  );
}
