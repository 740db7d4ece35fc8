import type { JobPower } from '../publish/publish-path.ts';
import { isForgeToken, secretPlace } from '../publish/publish-secret.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { type SecretUse, secretUses } from '../secret-use.ts';
import { usesName } from '../uses-reference.ts';

const BAD = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
        env:
          NODE_AUTH_TOKEN: \${{ secrets.NPM_TOKEN }}
`;

const IMAGE = `on: { release: { types: [published] } }
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/login-action@v3
        with:
          username: alice
          password: \${{ secrets.DOCKER_PASSWORD }}
      - run: docker push alice/node:1.0.0
`;

export const rule: PostureRule = {
  id: 'secret-outside-environment',
  reference: 'W06',
  severity: 'high',
  confidence: 'proven',
  area: 'token-security',
  scope: 'workflows',
  forges: ['github', 'gitlab'],
  about: 'secrets that open a registry belong to an environment',
  attack:
    'a secret of the repository is given to every workflow on every branch: whoever may push a branch writes a workflow that reads it, and no reviewer is asked',
  mend: 'move the secret into an environment with required reviewers and a tag-only policy, delete it from the repository, and name the environment in the job; better still, publish without a secret',
  incidents: ['I26', 'I27', 'I30'],
  examples: {
    bad: [
      {
        about: 'the password of a registry of images, in a job that pushes one',
        files: workflowFile(IMAGE),
        found: ['.github/workflows/release.yml:9'],
      },
      {
        about: 'the same in the environment of a step that pushes by itself',
        files: workflowFile(`on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - run: docker login -p "$PASSWORD" && docker push aitbc/explorer
        env:
          PASSWORD: \${{ secrets.DOCKERHUB_TOKEN }}
`),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'a registry token in a job without environment',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:10'],
      },
      {
        about: 'a registry token for all jobs of the workflow',
        files: workflowFile(
          BAD.replace('jobs:', `env:\n  NPM_TOKEN: \${{ secrets.NPM_TOKEN }}\njobs:`).replace(
            / {8}env:[\s\S]*/,
            '',
          ),
        ),
        found: ['.github/workflows/release.yml:5'],
      },
      {
        about: 'a pipeline of GitLab whose job is in no environment',
        files: pipelineFile(`publish:
  script:
    - TWINE_PASSWORD=$PYPI_TOKEN twine upload dist/*
`),
        found: ['.gitlab-ci.yml:3'],
      },
    ],
    fine: [
      {
        about: 'a login that only pulls images',
        files: workflowFile(IMAGE.replace('docker push', 'docker pull')),
      },
      {
        about: 'a pipeline of GitLab whose job is in one',
        files: pipelineFile(`publish:
  environment: pypi
  script:
    - TWINE_PASSWORD=$PYPI_TOKEN twine upload dist/*
`),
      },
      {
        about: 'the same job in an environment',
        files: workflowFile(BAD.replace('    steps', '    environment: release\n    steps')),
      },
      {
        about: "the forge's own token, which no environment holds",
        files: workflowFile(BAD.replace('NPM_TOKEN', 'GITHUB_TOKEN')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const seen = new Set<SecretUse['scalar']>();
  for (const power of context.path.jobs) {
    const { workflow, job, acts, registrySecrets } = power;
    if (job.environment !== null) continue;
    for (const use of [...registrySecrets, ...imagePasswords(power)]) {
      if (use.level === 'call' || isForgeToken(use.name) || seen.has(use.scalar)) continue;
      seen.add(use.scalar);
      yield {
        source: workflow.source,
        span: secretPlace(workflow.source, use),
        job,
        // elsewhere the same name may open nothing but reading
        ...(acts.length === 0 ? { confidence: 'plausible' as const } : {}),
        message: `job "${job.id}" reads ${use.name.toUpperCase()} in no environment`,
      };
    }
  }
}

/** Passwords of registries of images: release tools push by files of their own. */
function imagePasswords({ workflow, acts, job, onPath }: JobPower): readonly SecretUse[] {
  if (onPath === null) return [];
  const pushes = acts.some((act) => act.tool.startsWith('docker'));
  return secretUses(workflow, job).filter(
    (use) => isLogin(use) || (pushes && IMAGE_SECRET.test(use.name)),
  );
}

const LOGIN = /^(?:docker\/login-action|azure\/docker-login|redhat-actions\/podman-login)$/;
const IMAGE_SECRET = /(?:^|_)docker(?:_?hub)?_(?:[a-z]+_)?(?:token|password|pat|key)$/;

function isLogin({ step, target }: SecretUse): boolean {
  if (step === null || step.uses === null || target !== 'password') return false;
  return LOGIN.test(usesName(step.uses.reference));
}
