import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../../test/posture-fixture.ts';
import { auditRepository } from '../audit.ts';
import { workflowFile } from '../rule.ts';
import { classifyRegistry, type Destination } from './destination.ts';
import { releaseActs } from './release-act.ts';

const GATEWAY = 'https://gateway.example';
const PUBLIC = ['https://registry', 'npmjs', 'org'].join('.');

describe('classifyRegistry', () => {
  it.each([
    [null, 'public'],
    ['', 'public'],
    [PUBLIC, 'public'],
    [`//${PUBLIC.slice(8)}/`, 'public'],
    ['pypi', 'public'],
    ['testpypi', 'test'],
    ['http://localhost:4873', 'test'],
    [`${GATEWAY}/npm/`, 'gateway'],
    [`${GATEWAY}.evil.example/npm/`, 'other'],
    ['https://npm.pkg.github.com', 'forge'],
    ['ghcr.io/alice/node:1', 'forge'],
    ['https://gitlab.example/api/v4/projects/1/packages/npm/', 'forge'],
    ['https://packages.example/api/pypi/main', 'other'],
    ['${{ vars.REGISTRY }}', 'unknown'],
    ['$REGISTRY', 'unknown'],
  ] as const)('%s is %s', (written, expected) => {
    expect(classifyRegistry(written, `${GATEWAY}/`)).toBe(expected);
  });
});

function destination(
  steps: string,
  files: Readonly<Record<string, string>> = {},
): Destination | undefined {
  const text = `on: push\njobs:\n  publish:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
  const gateway = { path: 'countersign.yaml', origin: GATEWAY, packages: [] };
  const inputs = inputsOf({ about: '', files: { ...workflowFile(text), ...files }, gateway });
  return releaseActs(auditRepository(inputs, []).context)[0]?.destination;
}

describe('destinationOf', () => {
  const setUp = (url: string) =>
    `      - uses: actions/setup-node@v6\n        with: { registry-url: '${url}' }\n`;
  const PUBLISH = '      - run: npm publish\n';

  it('is the public registry where nobody says anything', () => {
    expect(destination(PUBLISH)).toBe('public');
  });

  it('is what the command line says before all else', () => {
    const run = `      - run: npm publish --registry ${GATEWAY}/npm/\n`;
    expect(destination(setUp(PUBLIC) + run)).toBe('gateway');
  });

  it('is what the environment of the step says', () => {
    const run = `      - run: npm publish\n        env: { NPM_CONFIG_REGISTRY: '${GATEWAY}' }\n`;
    expect(destination(run)).toBe('gateway');
    const upload = `      - run: twine upload dist/*\n        env: { TWINE_REPOSITORY_URL: '${GATEWAY}/pypi/' }\n`;
    expect(destination(upload)).toBe('gateway');
  });

  it('is what the last set-up before the act says, and not one behind it', () => {
    const other = setUp('https://npm.pkg.github.com');
    expect(destination(setUp(PUBLIC) + other + PUBLISH)).toBe('forge');
    expect(destination(PUBLISH + other)).toBe('public');
  });

  it('is what a command configured', () => {
    const set = `      - run: npm config set registry ${GATEWAY}/npm/\n`;
    expect(destination(set + PUBLISH)).toBe('gateway');
    const written = `      - run: echo "registry=https://packages.example/npm/" > .npmrc\n`;
    expect(destination(written + PUBLISH)).toBe('other');
  });

  it('is what the package or the settings of the repository say', () => {
    const manifest = `{ "publishConfig": { "access": "public", "registry": "${GATEWAY}/npm/" } }`;
    expect(destination(PUBLISH, { 'package.json': manifest })).toBe('gateway');
    expect(destination(PUBLISH, { '.npmrc': 'registry=https://packages.example/\n' })).toBe(
      'other',
    );
  });

  it('drops rehearsals at a test registry', () => {
    expect(destination('      - run: twine upload --repository testpypi dist/*\n')).toBe(undefined);
  });
});
