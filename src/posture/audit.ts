/** An audit: the repository is read into models, every rule asks, and the answers are placed. */
import { createHash } from 'node:crypto';
import type { Confidence, Finding } from '../core/finding.ts';
import { compareText } from '../formats/text.ts';
import { readPipelines } from './gitlab/read-pipeline.ts';
import { findPublishPath } from './publish/publish-path.ts';
import { repositoryScripts } from './publish/repository-script.ts';
import { readAction, readWorkflow } from './read-workflow.ts';
import type { AuditInputs } from './repository.ts';
import type { Area, AuditContext, EvidenceGrade, Fix, PostureRule, Problem } from './rule.ts';
import { SourceText } from './source-text.ts';
import type { Action, Forge, Workflow } from './workflow.ts';

/** One answer of the audit. `file`, `line` and `column` are null for a setting. */
export interface PostureFinding {
  readonly rule: string;
  readonly reference: string | null;
  readonly severity: Finding['severity'];
  readonly confidence: Confidence;
  readonly area: Area;
  readonly evidence: EvidenceGrade;
  readonly onPublishPath: boolean;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
  readonly mend: string;
  readonly fixable: boolean;
  /** The same from run to run while the line says the same, wherever it stands. */
  readonly fingerprint: string;
}

/** Where a finding is, as reports say it: a file and line, the repository as a whole, or a setting. */
export function placeOf({ file, line, evidence }: PostureFinding): string {
  if (file !== null) return `${file}:${line}`;
  return evidence === 'declared' ? 'repository' : 'settings';
}

/** How one rule came out. `fixes` by the fingerprint of the finding. */
export interface RuleOutcome {
  readonly rule: PostureRule;
  readonly applies: boolean;
  readonly findings: readonly PostureFinding[];
}

export interface Audit {
  readonly context: AuditContext;
  readonly outcomes: readonly RuleOutcome[];
  /** Sorted by file, line, column and rule; those without a file last. */
  readonly findings: readonly PostureFinding[];
  readonly fixes: ReadonlyMap<PostureFinding, Fix>;
}

const WORKFLOW_PATH = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const ACTION_PATH = /(?:^|\/)action\.ya?ml$/;
/** A pipeline and where the files that it includes usually are. */
const PIPELINE_PATH =
  /^\.gitlab-ci\.yml$|^\.?(?:gitlab|gitlab-ci|ci|pipelines)\/.+\.ya?ml$|gitlab-ci.*\.ya?ml$/;

/** Whether rules read the text of the file at `path` as a workflow, an action or part of a pipeline. */
export function isAudited(path: string): boolean {
  return WORKFLOW_PATH.test(path) || ACTION_PATH.test(path) || PIPELINE_PATH.test(path);
}

/** Audits a repository. Whatever its files say, it answers and never throws. */
export function auditRepository(inputs: AuditInputs, rules: readonly PostureRule[]): Audit {
  const workflows: Workflow[] = [];
  const actions: Action[] = [];
  const unread: Problem[] = inputs.unread.map(({ path, reason }) => ({
    source: new SourceText(path, ''),
    span: { start: 0, end: 0 },
    message: `could not be read: ${reason}`,
  }));
  for (const file of inputs.files) {
    if (file.text === null) continue;
    const source = new SourceText(file.path, file.text);
    if (WORKFLOW_PATH.test(file.path)) {
      const read = readWorkflow(source);
      if (read.ok) workflows.push(read.value);
      else unread.push(...read.problems.map(({ message, span }) => ({ source, span, message })));
    } else if (ACTION_PATH.test(file.path)) {
      const read = readAction(source);
      if (read.ok) actions.push(read.value);
      else unread.push(...read.problems.map(({ message, span }) => ({ source, span, message })));
    }
  }
  const files = new Map(inputs.files.map((file) => [file.path, file]));
  const pipelines = readPipelines(files);
  workflows.push(...pipelines.workflows);
  unread.push(...pipelines.problems);
  const context: AuditContext = {
    files,
    workflows,
    actions,
    unread,
    path: findPublishPath({ workflows, actions, scripts: repositoryScripts(inputs.files) }),
    gateway: inputs.gateway,
    settings: inputs.settings,
    settingsMissing: inputs.settingsMissing,
    team: inputs.team ?? null,
    pins: inputs.pins,
  };
  return judge(context, rules);
}

function judge(context: AuditContext, rules: readonly PostureRule[]): Audit {
  const fixes = new Map<PostureFinding, Fix>();
  const seen = new Map<string, number>();
  const contexts = new Map<string, AuditContext>();
  const outcomes = rules.map((rule): RuleOutcome => {
    const forges = rule.forges ?? ['github'];
    const key = forges.join();
    const own = contexts.get(key) ?? narrow(context, forges);
    contexts.set(key, own);
    const findings = worstByPlace(context, rule, rule.check(own)).map((problem) => {
      const finding = place(context, rule, problem, seen);
      if (problem.fix !== undefined) fixes.set(finding, problem.fix);
      return finding;
    });
    return { rule, applies: findings.length > 0 || appliesTo(rule, own), findings };
  });
  const findings = outcomes.flatMap((outcome) => outcome.findings).toSorted(byPlace);
  return { context, outcomes, findings, fixes };
}

/** The context without the files of other forges: a rule never sees what it does not carry to. */
function narrow(context: AuditContext, forges: readonly Forge[]): AuditContext {
  const isOwn = (workflow: Workflow): boolean => forges.includes(workflow.forge);
  if (context.workflows.every(isOwn)) return context;
  const jobs = context.path.jobs.filter((power) => isOwn(power.workflow));
  return {
    ...context,
    workflows: context.workflows.filter(isOwn),
    path: { ...context.path, jobs },
  };
}

/**
 * What stands in a template of a pipeline is said once, for the job where it weighs most; and no fix
 * writes one forge's words into the other's file.
 */
function worstByPlace(
  context: AuditContext,
  rule: PostureRule,
  problems: Iterable<Problem>,
): readonly Problem[] {
  const pipelines = context.workflows.filter((one) => one.forge === 'gitlab');
  const paths = new Set(pipelines.map((one) => one.source.path));
  if (paths.size === 0) return [...problems];
  const found = new Map<string | Problem, Problem>();
  for (const problem of problems) {
    const { source, span, fix, ...rest } = problem;
    if (source === null || span === null || !paths.has(source.path)) {
      found.set(problem, problem);
      continue;
    }
    const isOffered = fix !== undefined && rule.fixForges?.includes('gitlab') === true;
    const own: Problem = { ...rest, source, span, ...(isOffered && { fix }) };
    // of a setting there is more to say at one place
    const said = rule.scope === 'settings' ? problem.message : '';
    const key = JSON.stringify([source.path, span.start, span.end, said]);
    const known = found.get(key);
    if (known === undefined || weigh(context, rule, own) > weigh(context, rule, known)) {
      found.set(key, own);
    }
  }
  return [...found.values()];
}

const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;

function weigh(context: AuditContext, rule: PostureRule, problem: Problem): number {
  const onPath = touchesPath(context, rule, problem) ? 0.5 : 0;
  return SEVERITIES.indexOf(problem.severity ?? rule.severity) + onPath;
}

function appliesTo(rule: PostureRule, context: AuditContext): boolean {
  if (rule.applies !== undefined) return rule.applies(context);
  switch (rule.scope) {
    case 'publish-path':
      return context.path.jobs.some((power) => power.onPath !== null);
    case 'workflows':
      return context.workflows.length > 0;
    case 'repository':
      return context.files.size > 0;
    case 'settings':
      return true;
  }
}

function place(
  context: AuditContext,
  rule: PostureRule,
  problem: Problem,
  seen: Map<string, number>,
): PostureFinding {
  const { source, span, message } = problem;
  const position = source === null || span === null ? null : source.positionAt(span.start);
  const line = source === null || position === null ? '' : source.lineText(position.line).trim();
  return {
    rule: rule.id,
    reference: rule.reference,
    severity: problem.severity ?? rule.severity,
    confidence: problem.confidence ?? rule.confidence,
    area: rule.area,
    evidence: problem.evidence ?? 'declared',
    onPublishPath: touchesPath(context, rule, problem),
    file: source?.path ?? null,
    line: position?.line ?? null,
    column: position?.column ?? null,
    message,
    mend: problem.mend ?? rule.mend,
    fixable: problem.fix !== undefined,
    fingerprint: fingerprint([rule.id, source?.path ?? '', line === '' ? message : line], seen),
  };
}

/** A problem of a whole file is on the path when any job of the file is. */
function touchesPath(context: AuditContext, rule: PostureRule, problem: Problem): boolean {
  if (problem.job !== undefined) return (context.path.of(problem.job)?.onPath ?? null) !== null;
  const file = context.workflows.find(({ source }) => source === problem.source);
  if (file !== undefined) return context.path.touches(file);
  return rule.scope === 'publish-path' || rule.scope === 'settings';
}

function fingerprint(parts: readonly string[], seen: Map<string, number>): string {
  const key = JSON.stringify(parts);
  const count = seen.get(key) ?? 0;
  seen.set(key, count + 1);
  return createHash('sha256').update(`${key}${count}`).digest('hex').slice(0, 16);
}

function byPlace(left: PostureFinding, right: PostureFinding): number {
  return (
    compareText(left.file ?? '\uffff', right.file ?? '\uffff') ||
    (left.line ?? 0) - (right.line ?? 0) ||
    (left.column ?? 0) - (right.column ?? 0) ||
    compareText(left.rule, right.rule)
  );
}
