import { describe, expect, it } from 'vitest';
import { readAction, readWorkflow } from '../read-workflow.ts';
import { SourceText } from '../source-text.ts';
import { findPublishPath, type PathInputs } from './publish-path.ts';

function inputs(
  workflows: Readonly<Record<string, string>>,
  more: { action?: string; scripts?: Readonly<Record<string, string>> } = {},
): PathInputs {
  const action = readAction(
    new SourceText('.github/actions/out/action.yml', more.action ?? 'runs: {}'),
  );
  return {
    workflows: Object.entries(workflows).flatMap(([name, text]) => {
      const read = readWorkflow(new SourceText(`.github/workflows/${name}.yml`, text));
      return read.ok ? [read.value] : [];
    }),
    actions: action.ok ? [action.value] : [],
    scripts: new Map(
      Object.entries(more.scripts ?? {}).map(([name, text]) => [`run ${name}`, text]),
    ),
  };
}

/** `job: why` of every job on the path. */
function path(...given: Parameters<typeof inputs>): readonly string[] {
  return findPublishPath(inputs(...given)).jobs.flatMap(({ job, onPath }) =>
    onPath === null ? [] : [`${job.id}: ${onPath}`],
  );
}

const job = (id: string, rest: string) => `  ${id}:\n    runs-on: x\n${rest}`;
const steps = (...runs: string[]) =>
  `    steps:\n${runs.map((run) => `      - ${run}\n`).join('')}`;

describe('findPublishPath', () => {
  it('finds a job that publishes and those that it needs', () => {
    const text = `on: push\njobs:\n${job('lint', steps('run: make'))}${job('build', steps('run: make'))}${job('out', `    needs: [build]\n${steps('run: npm publish')}`)}`;
    expect(path({ a: text })).toEqual([
      'build: job out on the publish path needs it',
      'out: it publishes with npm',
    ]);
  });

  it('finds what publishes through a script of package.json', () => {
    const text = `on: push\njobs:\n${job('out', steps('run: npm run release'))}`;
    const scripts = {
      release: 'npm run build && npm run out',
      build: 'tsc',
      out: 'changeset publish',
    };
    expect(path({ a: text }, { scripts })).toEqual(['out: it publishes with changeset']);
    expect(path({ a: text }, { scripts: { release: 'npm run release' } })).toEqual([]);
  });

  it('finds what publishes in a composite action of the repository', () => {
    const text = `on: push\njobs:\n${job('out', steps('uses: ./.github/actions/out'))}`;
    const action =
      'runs:\n  using: composite\n  steps:\n    - run: twine upload dist/*\n      shell: bash\n';
    expect(path({ a: text }, { action })).toEqual(['out: it publishes with twine upload']);
  });

  it('finds identities and registry secrets', () => {
    const text = `on: push\njobs:\n${job('a', `    permissions: { id-token: write }\n${steps('run: make')}`)}${job('b', `    env: { NODE_AUTH_TOKEN: "\${{ secrets.T }}" }\n${steps('run: make')}`)}${job('c', `    env: { X: "\${{ secrets.OTHER }}" }\n${steps('run: make')}`)}`;
    expect(path({ a: text })).toEqual([
      'a: it may ask for an identity token',
      'b: it is given the registry secret t',
    ]);
  });

  it('follows workflow_run, calls and caches to other workflows', () => {
    const build = `name: Build\non: push\njobs:\n${job('build', steps('run: make'))}`;
    const out = `on: { workflow_run: { workflows: [Build] } }\njobs:\n  call: { uses: ./.github/workflows/publish.yml }\n${job('out', steps('uses: actions/cache@v4', 'run: npm publish'))}`;
    const called = `on: workflow_call\njobs:\n${job('inner', steps('run: npm publish'))}`;
    const ci = `on: push\njobs:\n${job('test', steps('uses: actions/cache/save@v4'))}`;
    const found = path({ build, out, publish: called, ci });
    expect(found).toEqual([
      'build: the workflow of job out on the publish path runs after it',
      'out: it publishes with npm',
      'inner: it publishes with npm',
      'test: job out on the publish path may restore the cache that it fills',
    ]);
  });

  it('finds nothing where nothing publishes', () => {
    expect(
      path({ a: `on: push\njobs:\n${job('a', steps('run: npm publish --dry-run'))}` }),
    ).toEqual([]);
  });
});
