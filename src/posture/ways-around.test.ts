import { expect, test } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import { auditRepository } from './audit.ts';
import type { GatewayFacts, UpstreamMode } from './repository.ts';
import { type Example, workflowFile } from './rule.ts';
import {
  sampleEnvironment,
  samplePackage,
  sampleProject,
  sampleSettings,
  seen,
  UNSEEN,
} from './sample-settings.ts';
import { waysAround } from './ways-around.ts';

const FILES = {
  ...workflowFile(`on:
  push:
    tags: ['v*']
jobs:
  out:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`),
  'package.json': '{"name":"aitbc-explorer-web","version":"1.0.0"}',
};

const gatewayIn = (mode: UpstreamMode): GatewayFacts => ({
  path: 'countersign.yaml',
  origin: null,
  packages: [{ ecosystem: 'npm', name: 'aitbc-explorer-web', mode }],
});

const ways = (example: Omit<Example, 'about'>) =>
  waysAround(auditRepository(inputsOf({ about: '', ...example }), []).context);

const publisher = {
  issuer: 'github',
  repository: 'alice/aitbc',
  workflow: 'release.yml',
  environment: null,
  may: ['publish'],
} as const;

const secret = { name: 'NPM_TOKEN', createdAt: null, updatedAt: null, guard: null };
const settings = sampleSettings(
  {
    secrets: { organization: UNSEEN, repository: seen([secret]) },
    environments: seen([sampleEnvironment({ secrets: seen([{ ...secret, name: 'PYPI_TOKEN' }]) })]),
  },
  [
    samplePackage({
      collaborators: seen([
        { name: 'bob', permission: 'write' },
        { name: 'carol', permission: 'read' },
      ]),
      trustedPublishers: seen([publisher, { ...publisher, environment: 'npm', may: ['stage'] }]),
      tokens: UNSEEN,
    }),
    sampleProject(),
  ],
);

test('accounts, publishers, jobs and secrets are listed by package', () => {
  const [npm, pypi] = ways({ files: FILES, settings });
  expect(npm).toEqual({
    ecosystem: 'npm',
    name: 'aitbc-explorer-web',
    mode: null,
    ways: [
      { kind: 'account', name: 'alice', how: '' },
      { kind: 'account', name: 'bob', how: '' },
      {
        kind: 'publisher',
        name: 'release.yml of alice/aitbc',
        how: 'publishes, in no environment',
      },
      { kind: 'publisher', name: 'release.yml of alice/aitbc', how: 'stages, in npm' },
      {
        kind: 'job',
        name: 'out in .github/workflows/release.yml',
        how: 'publishes with npm',
      },
      { kind: 'secret', name: 'NPM_TOKEN', how: 'of the repository' },
    ],
    unseen: ['tokens: no token', 'secrets of the organisation: no token'],
  });
  expect(pypi?.ways).toEqual([
    { kind: 'account', name: 'alice', how: '' },
    { kind: 'secret', name: 'PYPI_TOKEN', how: 'of environment "release"' },
  ]);
});

test.each([
  ['publish', ['publisher', 'publisher', 'job']],
  ['stage-by-ci', ['publisher', 'job']],
  ['ci', []],
] as const)('with a gateway in mode %s only what goes past it is listed', (mode, kinds) => {
  const [npm] = ways({ files: FILES, settings, gateway: gatewayIn(mode) });
  const found = (npm?.ways ?? []).map((one) => one.kind);
  expect(found.filter((kind) => kind === 'publisher' || kind === 'job')).toEqual(kinds);
});

test('where nobody looked, jobs are listed, and the rest is said to be unseen', () => {
  expect(ways({ files: FILES })).toEqual([
    {
      ecosystem: 'npm',
      name: 'aitbc-explorer-web',
      mode: null,
      ways: [
        { kind: 'job', name: 'out in .github/workflows/release.yml', how: 'publishes with npm' },
      ],
      unseen: ['accounts, tokens and trusted publishers: nobody looked'],
    },
  ]);
});
