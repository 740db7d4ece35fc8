/**
 * The security guide's "before and after", as a person does it on the command line: audit, mend,
 * generate, audit again. The tables are docs/posture-before-after.md (UPDATE_DOCS=1 writes it).
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PostureFinding } from '../../src/posture/audit.ts';
import type { PostureReport } from '../../src/posture/report.ts';
import { runCli } from '../cli-fixture.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const BEFORE = new URL('../../testdata/posture/before/', import.meta.url);
const PAGE = new URL('../../docs/posture-before-after.md', import.meta.url);
const OLD = '.github/workflows/publish-packages.yml';

const PACKAGES: Readonly<Record<string, string>> = {
  'packages/agent-sdk/pyproject.toml': '[project]\nname = "agent-sdk"\nversion = "1.0.0"\n',
  'packages/explorer-web/package.json': '{ "name": "explorer-web", "version": "1.0.0" }\n',
  'packages/agent-js/package.json': '{ "name": "agent-js", "version": "1.0.0" }\n',
  'package.json':
    '{ "name": "aitbc", "version": "1.0.0", "private": true, "workspaces": ["packages/*"] }\n',
  'package-lock.json': '{ "name": "aitbc", "lockfileVersion": 3, "packages": {} }\n',
};

const CONFIGURATION = `gateway:
  origin: "https://release.example.com"
  listen: "127.0.0.1:8787"
  data: ./data
upstreams:
  npm-main: { ecosystem: npm, url: "https://npm.example.com/", mode: publish, credential: npm-main }
  pypi-main: { ecosystem: pypi, url: "https://pypi.example.com/legacy/", mode: publish, credential: pypi-main }
projects:
  aitbc:
    repository: "github.com/alice/aitbc"
    packages:
      - { name: "agent-js", ecosystem: npm, upstream: npm-main }
      - { name: "agent-sdk", ecosystem: pypi, upstream: pypi-main }
      - { name: "explorer-web", ecosystem: npm, upstream: npm-main }
    policies: [strict]
policies:
  strict:
    tag: "v[0-9]+.[0-9]+.[0-9]+"
    versioning: semver
    confirm: release
    approvals: { minimum: 2, groups: { security-team: 1, release-managers: 1 }, requester: excluded, expires: 72h }
    source: asserted
`;

const HOUSEKEEPING: Readonly<Record<string, string>> = {
  'countersign.yaml': CONFIGURATION,
  '.github/CODEOWNERS':
    '/.github/ @alice @bob\n/countersign.yaml @alice @bob\n/CODEOWNERS @alice @bob\n',
  'SECURITY.md':
    '# Security\n\nReport a vulnerability to security@example.com; we answer within three days.\n',
  'CHANGELOG.md': '# Changelog\n\n## 1.0.0\n\n* The first.\n',
};

let root: string;
let before: PostureReport;
let mended: PostureReport;
let after: PostureReport;

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  execFileSync('git', ['add', '--all'], { cwd: root });
}

async function run(...argv: string[]) {
  return runCli(argv, { cwd: root, env: { PATH: process.env['PATH'] } });
}

async function audit(): Promise<PostureReport> {
  const { stdout } = await run('posture', '--json', '--fail-on', 'never');
  return JSON.parse(stdout) as PostureReport;
}

beforeAll(async () => {
  root = temporaryFolder('before');
  cpSync(BEFORE, root, { recursive: true });
  execFileSync('git', ['init', '--quiet'], { cwd: root });
  write(PACKAGES);
  before = await audit();
  await run('posture', '--fix', '--yes');
  mended = await audit();
  write(HOUSEKEEPING);
  const generated = await run('init', '--workflow', 'github');
  expect(generated.exit, generated.stderr).toBe(0);
  // the generated workflow takes its place
  rmSync(join(root, OLD));
  write({});
  after = await audit();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, renderPage());
});

describe("the security guide's workflow", () => {
  it('is of HIGH risk before, and no fix alone changes that', () => {
    expect([before.risk, before.grade]).toEqual(['HIGH', 'F']);
    expect(mended.risk).toBe('HIGH');
    expect(mended.score).toBeGreaterThan(before.score);
    expect(mended.findings.length).toBeLessThan(before.findings.length);
  });

  it('is of LOW risk when the generated workflow stands in its place', () => {
    expect(after.risk).toBe('LOW');
    expect(after.cappedBy).toEqual([]);
    expect(after.score).toBeGreaterThan(mended.score);
    const open = after.findings.filter((one) => one.evidence !== 'unverified');
    expect(open.filter((one) => one.severity !== 'low').map((one) => one.rule)).toEqual([]);
  });

  it('counts what nobody could see as not met, after as before', () => {
    const unseen = (report: PostureReport) =>
      report.rules.filter((rule) => rule.status === 'unverified').length;
    expect(unseen(after)).toBeGreaterThan(0);
    expect(after.score).toBeLessThan(after.seenScore ?? 0);
  });

  it('is told in docs/posture-before-after.md (UPDATE_DOCS=1 writes it)', () => {
    expect(readFileSync(PAGE, 'utf8')).toBe(renderPage());
  });
});

function renderPage(): string {
  return `# Before and after

The security guide's "before": one workflow with [four publish jobs](../testdata/posture/before/${OLD}), on \`v*\` and on a dispatch without
confirmation, with a token of the forge for npm and one of the account for PyPI, actions that can be moved, no approval, no scan. What \`countersign posture\` says of it, what \`--fix\` leaves, and what is left when the
workflows that \`countersign init --workflow github\` [generates](release-workflow.md) stand in its place, with a gateway's configuration, CODEOWNERS, SECURITY.md and a changelog. [A test](../test/posture/before-after.test.ts) does
it on the command line, and writes this page.

${renderTable()}

The settings of forge and registries were not asked for here (\`--observe\`): ${countUnseen(after)} rules could not be checked, and count as not met.
"Seen" is the share among the rules that could be.

## Before: every fault at its line

${renderFindings(before)}

## After \`--fix --yes\`

What needs a decision of people stays. Pins need \`--pins\`, which asks the forge.

${renderFindings(mended)}

## After the generated workflow

${renderFindings(after)}
`;
}

function renderTable(): string {
  const states = [before, mended, after];
  const row = (name: string, cells: readonly string[]) => `| ${[name, ...cells].join(' | ')} |`;
  const areas = before.areas.map(({ id, name }) =>
    row(
      name,
      states.map((report) => {
        const area = report.areas.find((one) => one.id === id);
        return area?.score == null ? 'nothing applies' : `${area.grade} (${area.score})`;
      }),
    ),
  );
  return [
    row('Area', ['Before', 'After --fix', 'After, generated']),
    '|---|---|---|---|',
    ...areas,
    row(
      '**Overall**',
      states.map(({ grade, score }) => `**${grade}** (${score})`),
    ),
    row(
      'Seen',
      states.map(({ seenScore }) => `${seenScore}`),
    ),
    row(
      '**Risk**',
      states.map(({ risk }) => `**${risk}**`),
    ),
    row(
      'Open findings',
      states.map((report) => `${openFindings(report).length}`),
    ),
  ].join('\n');
}

function openFindings(report: PostureReport): readonly PostureFinding[] {
  return report.findings.filter((one) => one.evidence !== 'unverified');
}

function countUnseen(report: PostureReport): number {
  return report.rules.filter((rule) => rule.status === 'unverified').length;
}

function renderFindings(report: PostureReport): string {
  const byRule = Map.groupBy(openFindings(report), (one) => one.rule);
  const rows = [...byRule]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([rule, findings]) => {
      const lines = findings.map((one) => (one.line === null ? 'repository' : `${one.line}`));
      const severity = findings[0]?.severity ?? '';
      return `| [\`${rule}\`](posture-rules.md#${rule}) | ${severity} | ${lines.join(', ')} |`;
    });
  return ['| rule | severity | lines |', '|---|---|---|', ...rows].join('\n');
}
