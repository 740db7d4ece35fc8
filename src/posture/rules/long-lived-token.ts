import { isForgeToken, publishSecrets } from '../publish/publish-secret.ts';
import { releaseActs } from '../publish/release-act.ts';
import { routeOf } from '../publish/route.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';

const BAD = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;

const PASSWORD = `on:
  release:
    types: [published]
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
        with:
          password: \${{ secrets.PYPI_API_TOKEN }}
`;

/** Tools of other registries that offer trusted publishing. */
const TRUSTED_ELSEWHERE = /^(?:cargo|gem|rubygems\/release-gem|katyo\/publish-crates|rake release)/;

export const rule: PostureRule = {
  id: 'long-lived-token',
  reference: 'W04',
  severity: 'critical',
  confidence: 'proven',
  area: 'token-security',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'no workflow holds a lasting token of a public registry',
  attack:
    'a token that lasts is worth stealing: it works from any machine and past every check of the pipeline, until somebody notices and revokes it',
  mend: 'publish by the identity of the job, and revoke the token at the registry afterwards',
  incidents: ['I17', 'I26', 'I30', 'I36', 'I37', 'I43'],
  examples: {
    bad: [
      {
        about: 'an npm token',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'an account token of PyPI',
        files: workflowFile(PASSWORD),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'nothing that opens the registry, which something has to do',
        files: workflowFile(BAD.replace(/\n {8}env:[\s\S]*/, '\n')),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'a token where CI stages for the gateway: its identity would do',
        files: workflowFile(BAD.replace('npm publish', 'npm stage publish')),
        gateway: {
          path: 'countersign.yaml',
          origin: 'https://gateway.example',
          packages: [{ ecosystem: 'npm', name: 'aitbc-explorer-web', mode: 'stage-by-ci' }],
        },
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'a pipeline of GitLab with a CI/CD variable',
        files: pipelineFile(`publish:
  script:
    - echo "//$NPM_HOST/:_authToken=$NPM_TOKEN" > .npmrc
    - npm publish package.tgz
upload: { script: [twine upload dist/*] }
`),
        found: ['.gitlab-ci.yml:4', '.gitlab-ci.yml:5'],
      },
    ],
    fine: [
      {
        about:
          'a pipeline of GitLab that publishes by its identity, and one to the registry of the forge itself',
        files: pipelineFile(`publish:
  id_tokens: { PYPI_ID_TOKEN: { aud: pypi } }
  script: [twine upload dist/*]
internal:
  script:
    - TWINE_PASSWORD=$CI_JOB_TOKEN twine upload --repository-url $CI_API_V4_URL/projects/1/packages/pypi dist/*
`),
      },
      {
        about: 'trusted publishing',
        files: workflowFile(
          PASSWORD.replace(/\n {8}with:[\s\S]*/, '\n').replace(
            '    steps',
            '    permissions:\n      id-token: write\n    steps',
          ),
        ),
      },
      {
        about: "a registry of one's own, which knows no identities",
        files: workflowFile(BAD.replace('.tgz', '.tgz --registry https://packages.example/npm/')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { power, act, destination, gated } of releaseActs(context)) {
    if (destination !== 'public') continue;
    if (act.ecosystem === 'other' && !TRUSTED_ELSEWHERE.test(act.tool)) continue;
    const secrets = publishSecrets(power, act);
    const secret = secrets.find((use) => !isForgeToken(use.name));
    const isUnseen = secrets.length === 0 && !power.mintsIdentity && power.job.pipeline === null;
    if (secret === undefined && !isUnseen) continue;
    yield {
      source: power.workflow.source,
      span: act.span,
      job: power.job,
      ...(act.kind === 'stage' ? { severity: 'high' as const } : {}),
      ...(isUnseen ? { severity: 'medium' as const, confidence: 'weak' as const } : {}),
      message:
        secret === undefined
          ? `job "${power.job.id}" publishes with ${act.tool} and asks for no identity: a token that no file shows opens the registry`
          : `job "${power.job.id}" publishes with the lasting secret ${secret.name.toUpperCase()}`,
      mend: `${routeOf(gated, act)}; then revoke the token at the registry`,
    };
  }
}
