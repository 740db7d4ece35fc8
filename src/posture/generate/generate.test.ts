import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { auditRepository } from '../audit.ts';
import { readWorkflow } from '../read-workflow.ts';
import type { RepositoryFile } from '../repository.ts';
import { POSTURE_RULES } from '../rule-set.ts';
import { SourceText } from '../source-text.ts';
import { ACTION_PINS, parseActionPins } from './action-pins.ts';
import { publishedWorkflow } from './published-workflow.ts';
import { releaseWorkflow } from './release-workflow.ts';
import { filterExpression, type PlannedPackage, type WorkflowPlan } from './workflow-plan.ts';

const WEB: PlannedPackage = {
  ecosystem: 'npm',
  name: '@aitbc/web',
  path: 'packages/web',
  mode: 'publish',
  readUrl: 'https://npm.example.com/',
};
const TOOL: PlannedPackage = { ...WEB, name: 'aitbc-tool', path: '.' };
const SDK: PlannedPackage = {
  ecosystem: 'pypi',
  name: 'aitbc-sdk',
  path: 'sdk',
  mode: 'publish',
  readUrl: 'https://pypi.example.com/simple/',
};

const PLAN: WorkflowPlan = {
  project: 'aitbc',
  origin: 'https://release.example.com',
  file: '.github/workflows/release.yml',
  environment: 'release',
  confirm: 'release',
  tagFilters: ['v[0-9]+.[0-9]+.[0-9]+', 'v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+'],
  prereleaseTag: 'next',
  packages: [WEB, TOOL, SDK],
  nodeClient: 'npm',
  test: null,
  pins: ACTION_PINS,
};

const PLANS: Readonly<Record<string, WorkflowPlan>> = {
  npm: { ...PLAN, packages: [TOOL] },
  'npm-workspaces-pnpm': { ...PLAN, packages: [WEB], nodeClient: 'pnpm' },
  python: { ...PLAN, packages: [SDK], tagFilters: ['v[0-9]+.[0-9]+.[0-9]+'], test: 'make test' },
  both: PLAN,
  'both-stage': { ...PLAN, packages: [{ ...WEB, mode: 'stage' }, SDK] },
};

const golden = (name: string) =>
  fileURLToPath(new URL(`../../../testdata/workflows/${name}.yml`, import.meta.url));

describe.each(Object.entries(PLANS))('the workflows for %s', (name, plan) => {
  it.each([
    ['release', releaseWorkflow],
    ['published', publishedWorkflow],
  ] as const)('are those of testdata/workflows: %s', (kind, generate) => {
    const file = golden(`${name}-${kind}`);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, generate(plan));
    expect(generate(plan)).toBe(readFileSync(file, 'utf8'));
  });

  it.each([
    ['with', { path: 'countersign.yaml', origin: plan.origin, packages: plan.packages }],
    ['without', null],
  ])('declare nothing of medium severity or above, %s the configuration beside', (_, gateway) => {
    const { findings } = auditRepository(
      {
        files: filesOf(plan),
        gateway,
        settings: null,
        settingsMissing: 'nobody looked',
        unread: [],
        pins: { resolve: () => null },
      },
      POSTURE_RULES,
    );
    const serious = findings.filter(
      ({ evidence, severity, file }) =>
        evidence === 'declared' &&
        file?.startsWith('.github/workflows/') === true &&
        severity !== 'low' &&
        severity !== 'info',
    );
    expect(serious.map(({ rule, line, message }) => `${rule} ${line}: ${message}`)).toEqual([]);
  });

  it('give an identity to one job alone, which checks nothing out', () => {
    const workflow = read(releaseWorkflow(plan));
    const withIdentity = workflow.jobs.filter(
      ({ permissions }) => permissions?.scopes.get('id-token')?.level === 'write',
    );
    expect(withIdentity.map(({ id }) => id)).toEqual(['submit']);
    const [submit] = withIdentity;
    expect(submit?.environment?.name?.text).toBe('release');
    expect(
      submit?.steps.flatMap(({ uses }) => uses?.scalar.text.split('@')[0] ?? []),
    ).not.toContain('actions/checkout');
    expect(read(publishedWorkflow(plan)).jobs.map((job) => job.permissions?.scopes.size)).toEqual([
      1, 1,
    ]);
  });

  it('put no expression into shell', () => {
    for (const text of [releaseWorkflow(plan), publishedWorkflow(plan)]) {
      const steps = read(text).jobs.flatMap((job) => job.steps);
      expect(steps.length).toBeGreaterThan(4);
      for (const { run } of steps) expect(run?.text ?? '').not.toContain('${{');
    }
  });
});

function read(text: string) {
  const result = readWorkflow(new SourceText('.github/workflows/release.yml', text));
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join());
  return result.value;
}

function filesOf(plan: WorkflowPlan): readonly RepositoryFile[] {
  const manifest = (one: PlannedPackage) =>
    one.ecosystem === 'npm'
      ? [`${one.path}/package.json`, JSON.stringify({ name: one.name, version: '1.0.0' })]
      : [`${one.path}/pyproject.toml`, `[project]\nname = "${one.name}"\nversion = "1.0.0"\n`];
  const texts = [
    [plan.file, releaseWorkflow(plan)],
    ['.github/workflows/published.yml', publishedWorkflow(plan)],
    ['CODEOWNERS', '* @alice @bob\n'],
    ...plan.packages.map(manifest),
  ];
  return texts.map(([path = '', text = '']) => ({
    path: path.replace(/^\.\//, ''),
    text,
    mode: '100644',
    hasShebang: false,
  }));
}

describe('a plan', () => {
  it.each(['stage-by-ci', 'ci'] as const)(
    'with mode %s is refused: no gateway serves it',
    (mode) => {
      const plan = { ...PLAN, packages: [{ ...WEB, mode }, SDK] };
      expect(() => releaseWorkflow(plan)).toThrow(/does not serve/);
      expect(() => publishedWorkflow(plan)).toThrow(/does not serve/);
    },
  );

  it('without packages, or with tags of single packages, is refused', () => {
    expect(() => releaseWorkflow({ ...PLAN, packages: [] })).toThrow(/found none/);
    const tagFilters = ['@aitbc/web@[0-9]+.[0-9]+.[0-9]+'];
    expect(() => releaseWorkflow({ ...PLAN, tagFilters })).toThrow(/one package of several/);
  });

  it.each([
    ['folder', { packages: [{ ...WEB, path: 'a;id' }] }],
    ['folder', { packages: [{ ...WEB, path: '../outside' }] }],
    ['folder', { packages: [{ ...WEB, path: '-rf' }] }],
    ['origin', { origin: 'https://release.example.com/$(id)' }],
    ['environment', { environment: 'a\nb: c' }],
    ['word', { confirm: 'a b' }],
    ['project', { project: 'x"; id; "' }],
    ['tag filter', { tagFilters: ["v'$(id)'"] }],
    ['workflow', { file: '../release.yml' }],
  ])('whose %s could be read as something else is refused', (_, change) => {
    expect(() => releaseWorkflow({ ...PLAN, ...change })).toThrow(/cannot stand/);
  });
});

describe('a tag filter as an expression of bash', () => {
  it.each([
    ['v[0-9]+.[0-9]+.[0-9]+', 'v1.2.3', 'v1x2.3'],
    ['v*', 'v1.2.3', 'v1/2'],
    ['v**', 'v1/2', 'w1'],
    ['v1.?2', 'v1.2', 'v1x2'],
    ['v(1)', 'v(1)', 'v1'],
  ])('%s takes %s and not %s', (filter, taken, left) => {
    const pattern = new RegExp(`^(${filterExpression(filter)})$`);
    expect(pattern.test(taken)).toBe(true);
    expect(pattern.test(left)).toBe(false);
  });
});

describe('pins', () => {
  const commit = 'a'.repeat(40);

  it('of a file take the place of those of the table, line by line', () => {
    const pins = parseActionPins(`# ours\n\n- uses: actions/checkout@${commit} # v9.0.0\n`);
    expect(pins['actions/checkout']).toEqual({ commit, tag: 'v9.0.0' });
    expect(pins['actions/setup-node']).toEqual(ACTION_PINS['actions/setup-node']);
    expect(releaseWorkflow({ ...PLAN, pins })).toContain(`actions/checkout@${commit} # v9.0.0\n`);
  });

  it.each([
    'actions/checkout@v7',
    `actions/checkout@${commit}`,
    `alice/checkout@${commit} # v9.0.0`,
    `actions/checkout@${commit.slice(1)} # v9.0.0`,
    'actions/checkout',
  ])('that are none are refused: %s', (line) => {
    expect(() => parseActionPins(line)).toThrow(/expected a pin/);
  });
});
