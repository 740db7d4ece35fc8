/** What `posture` tells people: findings, worst first, what could not be seen, then the table. */
import { type PostureFinding, placeOf } from '../posture/audit.ts';
import type { PostureDifference } from '../posture/history.ts';
import { type PathJob, type PostureReport, toldWays } from '../posture/report.ts';
import { counted, type Line } from './terminal.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

export interface PostureTextOptions {
  /** Whether findings off the publish path are listed, or only counted. */
  readonly all: boolean;
  /** Against the run before, or null. */
  readonly difference: PostureDifference | null;
}

/** The lines of the whole report. */
export function postureProse(report: PostureReport, options: PostureTextOptions): readonly Line[] {
  const hasPath = report.publishPath.length > 0;
  const open = report.findings.filter((one) => one.evidence !== 'unverified');
  const unverified = report.findings.filter((one) => one.evidence === 'unverified');
  const shown = open.filter(
    (one) => options.all || !hasPath || one.onPublishPath || one.file === null,
  );
  return [
    ...pathLines(report),
    ...shown.toSorted(bySeverity).flatMap(findingLines(new Set())),
    ...hiddenLines(open, shown),
    ...unverifiedLines(report, unverified),
    ...waysLines(report),
    ...differenceLines(options.difference),
    '',
    ...tableLines(report),
  ];
}

function pathLines({ publishPath, workflows }: PostureReport): readonly Line[] {
  if (workflows === 0) return ['no workflow was found in .github/workflows', ''];
  if (publishPath.length === 0) {
    return [`${counted(workflows, 'workflow')}; none of them publishes anything`, ''];
  }
  return [
    `${counted(workflows, 'workflow')}; on the publish path:`,
    ...publishPath.map((job) => `  ${job.file} ${job.job}: ${describeJob(job)}`),
    '',
  ];
}

function describeJob(job: PathJob): string {
  const parts = [
    job.why,
    ...(job.environment === null ? [] : [`environment ${job.environment}`]),
    ...job.secrets.map((name) => `secret ${name}`),
  ];
  return parts.join('; ');
}

function bySeverity(left: PostureFinding, right: PostureFinding): number {
  return SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity);
}

/** How a rule is mended is said once. */
function findingLines(told: Set<string>): (one: PostureFinding) => readonly Line[] {
  return (one) => {
    const place = one.file === null ? placeOf(one) : `${placeOf(one)}:${one.column}`;
    const style = one.severity === 'critical' || one.severity === 'high' ? 'bad' : 'strong';
    const fixable = one.fixable ? ' [--fix]' : '';
    const lines: Line[] = [
      { style, text: `${place}: ${one.severity} ${one.rule}: ${one.message}${fixable}` },
    ];
    if (!told.has(one.mend)) lines.push({ style: 'dim', text: `    ${one.mend}` });
    told.add(one.mend);
    return lines;
  };
}

function hiddenLines(
  open: readonly PostureFinding[],
  shown: readonly PostureFinding[],
): readonly Line[] {
  const hidden = open.length - shown.length;
  if (hidden === 0) return [];
  return [`${counted(hidden, 'finding')} more off the publish path; --all shows them`];
}

/** Where nobody looked at settings the reason is one for all; else each has its own. */
function unverifiedLines(
  report: PostureReport,
  unverified: readonly PostureFinding[],
): readonly Line[] {
  if (unverified.length === 0) return [];
  const files = unverified.filter((one) => one.file !== null);
  const settings = unverified.filter((one) => one.file === null);
  const ids = [...new Set(settings.map((one) => one.rule))].join(', ');
  const tell = (one: PostureFinding): Line => ({
    style: 'dim',
    text: `  ${one.file === null ? '' : `${one.file}:${one.line}: `}${one.rule}: ${one.message}`,
  });
  return [
    '',
    'could not be seen, and does not count as met:',
    ...files.map(tell),
    ...(report.settingsMissing === '' || settings.length === 0
      ? settings.map(tell)
      : [
          { style: 'dim', text: `  ${ids}` } as const,
          { style: 'dim', text: `  (${report.settingsMissing})` } as const,
        ]),
  ];
}

/** Without settings what files show; that nobody looked further is said elsewhere, once. */
function waysLines(report: PostureReport): readonly Line[] {
  const told = toldWays(report);
  if (told.length === 0) return [];
  return [
    '',
    'who and what could publish without the gateway:',
    ...told.flatMap(({ ecosystem, name, ways, unseen }): readonly Line[] => [
      `  ${ecosystem} ${name}`,
      ...ways.map((one) => `    ${one.kind} ${one.name}${one.how === '' ? '' : `, ${one.how}`}`),
      ...unseen.map((one): Line => ({ style: 'dim', text: `    not seen: ${one}` })),
    ]),
  ];
}

function differenceLines(difference: PostureDifference | null): readonly Line[] {
  if (difference === null) return [];
  const { since, gradeBefore, scoreBefore, riskBefore, appeared, mended } = difference;
  return [
    '',
    `since ${since}: grade was ${gradeBefore} (${scoreBefore}), risk was ${riskBefore}`,
    ...appeared.map((one): Line => ({ style: 'bad', text: `  new: ${one.rule}: ${one.message}` })),
    ...mended.map(
      (one): Line => ({ style: 'good', text: `  mended: ${one.rule}: ${one.message}` }),
    ),
  ];
}

function tableLines(report: PostureReport): readonly Line[] {
  const rows = report.areas.map(({ name, grade, score }) =>
    row(name, grade ?? '-', score === null ? 'nothing applies' : `${score}`),
  );
  const { met, open, unverified } = countRules(report);
  const style = report.risk === 'LOW' ? 'good' : 'bad';
  const capped = report.cappedBy.length === 0 ? '' : `, capped by ${report.cappedBy.join(', ')}`;
  const seen =
    unverified === 0 || report.seenScore === null
      ? ''
      : `; ${report.seenScore} of what could be seen`;
  return [
    ...rows,
    { style: 'strong', text: row('Overall', report.grade, `${report.score}${capped}${seen}`) },
    {
      style,
      text: `risk ${report.risk}: ${counted(met, 'rule')} met, ${open} open, ${unverified} that nobody could see`,
    },
  ];
}

function row(name: string, grade: string, score: string): string {
  return `${name.padEnd(16)} ${grade.padEnd(3)} ${score}`;
}

function countRules({ rules }: PostureReport) {
  const count = (status: string) => rules.filter((one) => one.status === status).length;
  return { met: count('met'), open: count('open'), unverified: count('unverified') };
}
