import { classifyRegistry } from '../publish/destination.ts';
import { isForgeToken, publishSecrets, secretPlace } from '../publish/publish-secret.ts';
import { releaseActs } from '../publish/release-act.ts';
import {
  type AuditContext,
  eachJob,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { isRunToken, type SecretUse, stepSecrets } from '../secret-use.ts';
import { usesName } from '../uses-reference.ts';
import { type Job, namedValue, type Step, type Workflow } from '../workflow.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
        env:
          NODE_AUTH_TOKEN: \${{ secrets.GITHUB_TOKEN }}
`;

const LOGIN = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/login-action@v3
        with:
          registry: ghcr.io
          username: alice
          password: \${{ secrets.GH_PAT }}
`;

const OWN = BAD.replace(
  '      - run',
  `      - uses: actions/setup-node@v6
        with:
          registry-url: https://npm.pkg.github.com
      - run`,
);

export const rule: PostureRule = {
  id: 'forge-token-as-password',
  reference: 'W30',
  severity: 'medium',
  confidence: 'proven',
  area: 'token-security',
  scope: 'workflows',
  forges: ['github', 'gitlab'],
  about: "the forge's token opens the forge's own registry and no other",
  attack:
    'a token of the forge that is handed to a foreign registry, or a personal one where the token of the run would do, can push code and change workflows for whoever reads it there',
  mend: "publish to other registries by the identity of the job; for the forge's own use the token of the run with packages: write",
  incidents: ['I22', 'I34'],
  examples: {
    bad: [
      {
        about: "the forge's token as password of npm's registry",
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'a personal token where the token of the run would do',
        files: workflowFile(LOGIN),
        found: ['.github/workflows/release.yml:10'],
      },
      {
        about: "the forge's token for a foreign registry of images",
        files: workflowFile(
          LOGIN.replace('ghcr.io', 'docker.io').replace('GH_PAT', 'GITHUB_TOKEN'),
        ),
        found: ['.github/workflows/release.yml:10'],
      },
      {
        about: 'a pipeline of GitLab that hands the token of the run to another registry',
        files: pipelineFile(`publish:
  variables: { TWINE_PASSWORD: $CI_JOB_TOKEN }
  script: [twine upload dist/*]
`),
        found: ['.gitlab-ci.yml:2'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that opens the registry of the forge with it',
        files: pipelineFile(`publish:
  variables: { TWINE_PASSWORD: $CI_JOB_TOKEN, TWINE_REPOSITORY_URL: $CI_API_V4_URL/projects/1/packages/pypi }
  script: [twine upload dist/*]
`),
      },
      { about: "the forge's own registry", files: workflowFile(OWN) },
      {
        about: "the forge's own registry for images",
        files: workflowFile(LOGIN.replace('GH_PAT', 'GITHUB_TOKEN')),
      },
      {
        about: "a package that names the forge's registry itself",
        files: {
          ...workflowFile(BAD),
          'package.json':
            '{ "name": "@aitbc/web", "publishConfig": { "registry": "https://npm.pkg.github.com" } }\n',
        },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const seen = new Set<SecretUse['scalar']>();
  for (const { power, act, destination } of releaseActs(context)) {
    for (const use of publishSecrets(power, act)) {
      if (seen.has(use.scalar) || act.tool.startsWith('docker')) continue;
      const problem = judge(power.workflow, power.job, use, destination);
      if (problem === null) continue;
      seen.add(use.scalar);
      yield problem;
    }
  }
  for (const { workflow, job } of eachJob(context)) {
    for (const step of job.steps) yield* login(workflow, job, step);
  }
}

function judge(
  workflow: Workflow,
  job: Job,
  use: SecretUse,
  destination: ReturnType<typeof classifyRegistry>,
): Problem | null {
  if (!isForgeToken(use.name)) return null;
  const isPersonal = !isRunToken(use.name);
  if (destination === 'unknown' || destination === 'test') return null;
  if (destination === 'forge' && !isPersonal) return null;
  const name = use.name.toUpperCase();
  const message =
    destination === 'forge'
      ? `job "${job.id}" opens the forge's own registry with ${name}, where the token of the run would do`
      : `job "${job.id}" hands ${name}, a token of the forge, to another registry`;
  return {
    source: workflow.source,
    span: secretPlace(workflow.source, use),
    job,
    ...(destination === 'forge' ? { severity: 'low' as const } : {}),
    ...(isPersonal ? { confidence: 'plausible' as const } : {}),
    message,
  };
}

/** Docker's login takes the registry of images for the missing one. */
function* login(workflow: Workflow, job: Job, step: Step): Generator<Problem> {
  if (step.uses === null || usesName(step.uses.reference) !== 'docker/login-action') return;
  const registry = namedValue(step.inputs, 'registry')?.text ?? null;
  for (const use of stepSecrets(step)) {
    if (use.target !== 'password') continue;
    const problem = judge(workflow, job, use, classifyRegistry(registry, null));
    if (problem !== null) yield problem;
  }
}
