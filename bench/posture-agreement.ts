/**
 * Where zizmor's audits and our rules mean the same, how far do they name the same lines? One table
 * says which mean the same, and which of their findings are about the same thing.
 */
import { type Audit, auditRepository, type PostureFinding } from '../src/posture/audit.ts';
import { POSTURE_RULES } from '../src/posture/rule-set.ts';
import { readRepositoryFiles } from '../src/source/repository-files.ts';
import type { CorpusRepository } from './workflow-corpus.ts';
import type { ZizmorFinding } from './zizmor.ts';

interface SharedRule {
  readonly audit: string;
  readonly rule: string;
  /** Which of zizmor's findings our rule wants to find too; all when left out. */
  readonly theirs?: (finding: ZizmorFinding, place: Place) => boolean;
  /** Which of ours zizmor's audit wants to find too; all when left out. */
  readonly ours?: (finding: PostureFinding) => boolean;
}

/** What the audit knows of the place of a finding. */
interface Place {
  /** Whether the job at that line, or any job of the file where it is none, is on the publish path. */
  readonly isOnPath: boolean;
}

const isRegular = ({ persona }: ZizmorFinding) => persona === 'Regular';
const isSerious = ({ severity }: ZizmorFinding) => severity === 'High' || severity === 'Medium';

const SHARED_RULES: readonly SharedRule[] = [
  { audit: 'unpinned-uses', rule: 'uses-unpinned' },
  { audit: 'unpinned-images', rule: 'image-unpinned' },
  { audit: 'excessive-permissions', rule: 'permissions-broad', theirs: isRegular },
  { audit: 'use-trusted-publishing', rule: 'long-lived-token' },
  { audit: 'secrets-outside-env', rule: 'secret-outside-environment', theirs: opensRegistry },
  { audit: 'artipacked', rule: 'credentials-persisted', theirs: isRegular },
  { audit: 'secrets-inherit', rule: 'secrets-inherited' },
  { audit: 'overprovisioned-secrets', rule: 'secrets-whole' },
  { audit: 'self-hosted-runner', rule: 'runner-self-hosted' },
  {
    audit: 'concurrency-limits',
    rule: 'concurrency-unsafe',
    theirs: (_, { isOnPath }) => isOnPath,
  },
  { audit: 'template-injection', rule: 'template-injection', theirs: isSerious },
];

/** Secrets of other things than registries are for zizmor alone. */
function opensRegistry({ text }: ZizmorFinding, { isOnPath }: Place): boolean {
  return isOnPath && /npm|node_auth|pypi|twine|cargo|crates|gem|nuget/i.test(text);
}

/** One place that only one of the two names. */
export interface Difference {
  readonly by: 'zizmor' | 'countersign';
  /** `repository/path:line`. */
  readonly place: string;
  readonly said: string;
}

/** Places count once, however many findings stand there. */
export interface Agreement {
  readonly audit: string;
  readonly rule: string;
  readonly both: number;
  readonly differences: readonly Difference[];
}

/** Compares rule by rule; a rule that does not exist is left out. */
export async function compare(
  corpus: readonly CorpusRepository[],
  zizmor: readonly ZizmorFinding[],
): Promise<readonly Agreement[]> {
  const audits = new Map<string, Audit>();
  for (const { name, folder } of corpus) audits.set(name, await auditFolder(folder));
  const known = new Set(POSTURE_RULES.map(({ id }) => id));
  return SHARED_RULES.filter(({ rule }) => known.has(rule)).map((shared) => {
    const theirs = new Map<string, string>();
    for (const finding of zizmor) {
      if (finding.audit !== shared.audit) continue;
      if (shared.theirs?.(finding, placeOf(audits, finding)) === false) continue;
      theirs.set(`${finding.path}:${finding.line}`, `${finding.note}: ${finding.text}`);
    }
    const ours = new Map<string, string>();
    for (const [name, { findings }] of audits) {
      for (const finding of findings) {
        if (finding.rule !== shared.rule || shared.ours?.(finding) === false) continue;
        ours.set(`${name}/${finding.file}:${finding.line}`, finding.message);
      }
    }
    return { audit: shared.audit, rule: shared.rule, ...split(theirs, ours) };
  });
}

async function auditFolder(folder: string): Promise<Audit> {
  const { files, gaps } = await readRepositoryFiles(folder, { path: process.env['PATH'] ?? '' });
  return auditRepository(
    {
      files,
      unread: gaps,
      gateway: null,
      settings: null,
      settingsMissing: 'nobody looked',
      pins: { resolve: () => null },
    },
    POSTURE_RULES,
  );
}

function placeOf(audits: ReadonlyMap<string, Audit>, { path, line }: ZizmorFinding): Place {
  const [name = ''] = path.split('/', 1);
  const context = audits.get(name)?.context;
  const workflow = context?.workflows.find(({ source }) => `${name}/${source.path}` === path);
  if (context === undefined || workflow === undefined) return { isOnPath: false };
  const { source, jobs } = workflow;
  const job = jobs.find(
    ({ span }) =>
      source.positionAt(span.start).line <= line && line <= source.positionAt(span.end).line,
  );
  return {
    isOnPath:
      job === undefined
        ? context.path.touches(workflow)
        : (context.path.of(job)?.onPath ?? null) !== null,
  };
}

function split(
  theirs: ReadonlyMap<string, string>,
  ours: ReadonlyMap<string, string>,
): Pick<Agreement, 'both' | 'differences'> {
  const missed = [...theirs].flatMap(([place, said]): Difference[] =>
    ours.has(place) ? [] : [{ by: 'zizmor', place, said }],
  );
  const more = [...ours].flatMap(([place, said]): Difference[] =>
    theirs.has(place) ? [] : [{ by: 'countersign', place, said }],
  );
  return { both: theirs.size - missed.length, differences: [...missed, ...more] };
}
