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
  /** Which part of both is compared, where it is not all. */
  readonly note?: string;
  /** Which of zizmor's findings our rule wants to find too; all when left out. */
  readonly theirs?: (finding: ZizmorFinding, place: Place) => boolean;
  /** Which of ours zizmor's audit wants to find too; all when left out. */
  readonly ours?: (finding: PostureFinding) => boolean;
}

/** What the audit knows of the place of a finding: of the job at that line, else of the whole file. */
interface Place {
  readonly isOnPath: boolean;
  /** Whether the job itself publishes, or any job of the file. */
  readonly publishes: boolean;
}

const GITHUB_FILE = /^\.github\/workflows\/|(?:^|\/)action\.ya?ml$/;
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
  // other workflows may run at once
  { audit: 'concurrency-limits', rule: 'concurrency-unsafe', theirs: (_, at) => at.publishes },
  { audit: 'template-injection', rule: 'template-injection', theirs: isRegular },
  {
    audit: 'template-injection',
    rule: 'template-injection',
    note: 'medium or more',
    theirs: isSerious,
    ours: ({ severity }) => severity !== 'low' && severity !== 'info',
  },
  { audit: 'github-env', rule: 'untrusted-environment' },
  { audit: 'dangerous-triggers', rule: 'dangerous-trigger' },
  // zizmor asks what the workflow is started by, we ask what the job does
  { audit: 'cache-poisoning', rule: 'cache-in-release', theirs: (_, at) => at.publishes },
  { audit: 'bot-conditions', rule: 'bot-guard-spoofable' },
  { audit: 'unsound-condition', rule: 'condition-always-true' },
  { audit: 'unsound-contains', rule: 'guard-unsound' },
  { audit: 'unsound-ternary', rule: 'ternary-unsound' },
  { audit: 'adhoc-packages', rule: 'package-ad-hoc' },
  { audit: 'archived-uses', rule: 'action-archived' },
  { audit: 'superfluous-actions', rule: 'action-superfluous', theirs: isRegular },
  { audit: 'typosquat-uses', rule: 'action-name-near' },
  { audit: 'obfuscation', rule: 'uses-obfuscated', theirs: isRegular },
  { audit: 'insecure-commands', rule: 'insecure-commands' },
  { audit: 'hardcoded-container-credentials', rule: 'container-password-written' },
];

/** Secrets of other things than registries are for zizmor alone. */
function opensRegistry({ text }: ZizmorFinding, { isOnPath }: Place): boolean {
  // a name is not what opens it
  return (
    isOnPath &&
    !/_user(?:name)?$/i.test(text) &&
    /npm|node_auth|pypi|twine|cargo|crates|gem|nuget|docker|_ecr|ecr_/i.test(text)
  );
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
  readonly note: string;
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
      theirs.set(`${finding.path}:${finding.line}`, oneLine(`${finding.note}: ${finding.text}`));
    }
    const ours = new Map<string, string>();
    for (const [name, { findings }] of audits) {
      for (const finding of findings) {
        if (finding.rule !== shared.rule || shared.ours?.(finding) === false) continue;
        // other forges are for us alone
        if (!GITHUB_FILE.test(finding.file ?? '')) continue;
        ours.set(`${name}/${finding.file}:${finding.line}`, finding.message);
      }
    }
    const { audit, rule, note = '' } = shared;
    return { audit, rule, note, ...split(theirs, ours) };
  });
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 160);
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
  if (context === undefined || workflow === undefined) return { isOnPath: false, publishes: false };
  const { source, jobs } = workflow;
  const lineOf = (offset: number) => source.positionAt(offset).line;
  const job = jobs.find(({ span }) => lineOf(span.start) <= line && line <= lineOf(span.end));
  const powers = (job === undefined ? jobs : [job]).map((one) => context.path.of(one));
  return {
    isOnPath: powers.some((power) => (power?.onPath ?? null) !== null),
    publishes: powers.some((power) => (power?.acts.length ?? 0) > 0),
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
