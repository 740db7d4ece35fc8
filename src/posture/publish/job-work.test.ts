import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../read-workflow.ts';
import { SourceText } from '../source-text.ts';
import { type Work, workOf } from './job-work.ts';
import { isForgeToken } from './publish-secret.ts';

function works(run: string): readonly Work[] {
  const text = `on: push\njobs:\n  a:\n    steps:\n      - run: ${JSON.stringify(run)}\n`;
  const source = new SourceText('w.yml', text);
  const read = readWorkflow(source);
  const job = read.ok ? read.value.jobs[0] : undefined;
  return job === undefined ? [] : workOf(source, job).map(({ work }) => work);
}

describe('workOf', () => {
  it.each([
    ['npm ci', ['install']],
    ['npm --prefix web ci --ignore-scripts', ['install']],
    ['pnpm -r install --frozen-lockfile', ['install']],
    ['yarn', ['install']],
    ['yarn --cwd web install', ['install']],
    ['bun install', ['install']],
    ['pip install -r requirements.txt', ['install']],
    ['uv sync --locked', ['install']],
    ['npm run build', ['build']],
    ['yarn build', ['build']],
    ['python -m build', ['build']],
    ['uv build', ['build']],
    ['make', ['build']],
    ['npm test', ['test']],
    ['npm run test:unit', ['test']],
    ['yarn lint', ['test']],
    ['npx vitest run', ['test']],
    ['uv run --with pytest pytest -q', ['test']],
    ['make check', ['test']],
    ['cargo test --all', ['test']],
    ['npm ci && npm test', ['install', 'test']],
    ['bash -c "npm ci"', ['install']],
  ] as const)('%s: %j', (run, expected) => {
    expect(works(run)).toEqual(expected);
  });

  it.each([
    'npm install -g npm@latest',
    'pip install --upgrade pip build twine',
    'npm --version',
    'npm publish',
    'twine upload dist/*',
    'echo npm ci',
    'git status',
    '# npm ci',
  ])('%s is no work in this sense', (run) => {
    expect(works(run)).toEqual([]);
  });
});

describe('isForgeToken', () => {
  it.each([
    'github_token',
    'gh_token',
    'gh_pat',
    'cr_pat',
    'my_pat',
    'release_personal_access_token',
  ])('%s opens the forge', (name) => {
    expect(isForgeToken(name)).toBe(true);
  });
  it.each(['npm_token', 'pypi_api_token', 'patch_token', 'docker_password', '*'])(
    '%s does not',
    (name) => {
      expect(isForgeToken(name)).toBe(false);
    },
  );
});
