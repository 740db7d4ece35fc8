/** A posture report in Markdown: the table of areas, then what is open, by severity. */
import { type PostureFinding, placeOf } from '../posture/audit.ts';
import type { PostureDifference } from '../posture/history.ts';
import { type PostureReport, toldWays } from '../posture/report.ts';
import { sentence } from './sarif.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** The page, ending with a line end. `difference`: against the run before, or null. */
export function renderPostureMarkdown(
  report: PostureReport,
  difference: PostureDifference | null,
): string {
  const unverified = report.findings.filter((one) => one.evidence === 'unverified');
  const open = report.findings.filter((one) => one.evidence !== 'unverified');
  return [
    '# Posture of the publish path',
    '',
    ...scoreTable(report, difference),
    '',
    ...summaryLines(report, unverified.length),
    ...changeLines(difference),
    ...SEVERITIES.flatMap((severity) => section(severity, open)),
    ...unverifiedSection(unverified),
    ...waysSection(report),
    ...controlsSection(report),
    '',
  ].join('\n');
}

function scoreTable(report: PostureReport, difference: PostureDifference | null): string[] {
  const before = difference === null ? [] : [`Before (${difference.since.slice(0, 10)})`];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const blank = difference === null ? [] : [''];
  return [
    row(['Area', ...before, 'Grade', 'Score']),
    row(['---', ...before.map(() => '---'), '---', '---']),
    ...report.areas.map(({ name, grade, score }) =>
      row([name, ...blank, grade ?? 'none', score === null ? 'nothing applies' : `${score}`]),
    ),
    row([
      '**Overall**',
      ...(difference === null ? [] : [`${difference.gradeBefore} (${difference.scoreBefore})`]),
      `**${report.grade}**`,
      `**${report.score}**`,
    ]),
    row([
      '**Risk**',
      ...(difference === null ? [] : [difference.riskBefore]),
      `**${report.risk}**`,
      '',
    ]),
  ];
}

function summaryLines(report: PostureReport, unverified: number): string[] {
  const lines = [
    `${report.workflows} workflows were read; ${report.publishPath.length} jobs are on the publish path.`,
  ];
  if (report.cappedBy.length > 0) {
    const ids = report.cappedBy.map((id) => `\`${id}\``).join(', ');
    lines.push(`The grade is capped at D by open critical findings on the publish path: ${ids}.`);
  }
  if (unverified > 0) {
    const why = report.settingsMissing === '' ? '' : ` (${escapeMarkdown(report.settingsMissing)})`;
    lines.push(`${unverified} things could not be seen${why}; they do not count as met.`);
  }
  return lines;
}

function changeLines(difference: PostureDifference | null): string[] {
  if (difference === null) return [];
  const tell = ({ rule, file, message }: PostureDifference['appeared'][number]) =>
    `- \`${rule}\`${file === null ? '' : ` in ${code(file)}`}: ${escapeMarkdown(message)}`;
  const part = (title: string, list: PostureDifference['appeared']) =>
    list.length === 0 ? [] : ['', `## ${title}`, '', ...list.map(tell)];
  return [
    ...part('New since the last run', difference.appeared),
    ...part('Mended', difference.mended),
  ];
}

function section(severity: PostureFinding['severity'], all: readonly PostureFinding[]): string[] {
  const own = all.filter((one) => one.severity === severity);
  if (own.length === 0) return [];
  return [
    '',
    `## ${sentence(severity).slice(0, -1)}: ${own.length}`,
    '',
    ...own.map((one) => `- ${markPlace(one)} \`${one.rule}\`: ${escapeMarkdown(one.message)}`),
  ];
}

function unverifiedSection(all: readonly PostureFinding[]): string[] {
  if (all.length === 0) return [];
  return [
    '',
    `## Could not be seen: ${all.length}`,
    '',
    ...all.map((one) => `- \`${one.rule}\`: ${escapeMarkdown(one.message)}`),
  ];
}

function waysSection(report: PostureReport): string[] {
  const told = toldWays(report);
  if (told.length === 0) return [];
  return [
    '',
    '## Who and what could publish without the gateway',
    ...told.flatMap(({ ecosystem, name, ways, unseen }) => [
      '',
      `${ecosystem} ${code(name)}:`,
      '',
      ...ways.map(({ kind, name: who, how }) => {
        const can = how === '' ? '' : `, ${escapeMarkdown(how)}`;
        return `- ${kind} ${code(who)}${can}`;
      }),
      ...unseen.map((one) => `- not seen: ${escapeMarkdown(one)}`),
    ]),
  ];
}

function controlsSection({ controls }: PostureReport): string[] {
  return [
    '',
    '## Reference controls',
    '',
    'What this audit shows of each control. Evidence supports a control; people judge whether a framework is met.',
    '',
    '| control | what it asks | status | supports | evidence |',
    '|---|---|---|---|---|',
    ...controls.map(
      ({ id, title, status, maps, evidence }) =>
        `| ${[id, title, status, maps.join(', '), evidence.join('; ')].join(' | ')} |`,
    ),
  ];
}

function markPlace(one: PostureFinding): string {
  const place = one.file === null ? placeOf(one) : code(placeOf(one));
  return one.onPublishPath ? `**${place}**` : place;
}

/** A file's name may hold anything. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?')}\``;
}

/** Text from workflow files must not become markup, links or HTML. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?').replaceAll(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&');
}
