import { describe, expect, it } from 'vitest';
import { shellCommands } from '../shell-command.ts';
import { publishCommand } from './publish-command.ts';

function acts(text: string): readonly string[] {
  return shellCommands(text).flatMap((command) => {
    const act = publishCommand(command);
    return act === null ? [] : [`${act.ecosystem} ${act.tool} ${act.kind} ${act.artifact ?? '-'}`];
  });
}

describe('publishCommand', () => {
  it.each([
    ['npm publish', 'npm npm publish -'],
    ['npm publish ./a.tgz --access public', 'npm npm publish ./a.tgz'],
    ['npm --workspaces publish', 'npm npm publish -'],
    ['npm stage publish a.tgz', 'npm npm stage stage a.tgz'],
    ['pnpm -r publish --no-git-checks', 'npm pnpm publish -'],
    ['pnpm publish -r', 'npm pnpm publish -'],
    ['yarn npm publish', 'npm yarn npm publish -'],
    ['yarn --cwd packages/a publish', 'npm yarn publish -'],
    ['bun publish', 'npm bun publish -'],
    ['npx --yes lerna@8 publish from-package', 'npm lerna publish -'],
    ['pnpm changeset publish', 'npm changeset publish -'],
    ['npx semantic-release', 'npm semantic-release publish -'],
    ['./node_modules/.bin/semantic-release', 'npm semantic-release publish -'],
    ['npx nx release publish', 'npm nx release publish -'],
    ['twine upload dist/*', 'pypi twine upload publish dist/*'],
    ['python -m twine upload --repository testpypi dist/*', 'pypi twine upload publish dist/*'],
    ['python3 -m twine upload dist/*', 'pypi twine upload publish dist/*'],
    ['uv publish', 'pypi uv publish -'],
    ['uv run twine upload dist/a.whl', 'pypi twine upload publish dist/a.whl'],
    ['uvx twine upload dist/*', 'pypi twine upload publish dist/*'],
    ['poetry publish --build', 'pypi poetry publish -'],
    ['python setup.py sdist upload', 'pypi setup.py upload publish -'],
    ['cargo publish', 'other cargo publish -'],
  ])('%s', (text, expected) => {
    expect(acts(text)).toEqual([expected]);
  });

  it.each([
    'npm publish --dry-run',
    'npm ci',
    'npm run publish-docs',
    'echo npm publish',
    'twine check dist/*',
    'python -m build',
    'yarn install',
    'docker build .',
    'npm view publish',
  ])('%s publishes nothing', (text) => {
    expect(acts(text)).toEqual([]);
  });

  it('reads the registry', () => {
    const [command] = shellCommands('npm publish --registry "$GATEWAY/npm/"');
    expect(command === undefined ? null : publishCommand(command)?.registry).toBe('$GATEWAY/npm/');
  });
});
