import { type Work, type WorkPlace, workOf } from '../publish/job-work.ts';
import type { JobPower } from '../publish/publish-path.ts';
import { isForgeToken } from '../publish/publish-secret.ts';
import { type ReleaseAct, releaseActs } from '../publish/release-act.ts';
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
    permissions:
      id-token: write
    steps:
      - uses: actions/checkout@v7
      - run: npm ci
      - run: npm test
      - run: npm publish
`;

const FINE = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: npm ci
      - run: npm test
      - run: npm pack
      - uses: actions/upload-artifact@v5
        with: { name: package, path: '*.tgz' }
  publish:
    needs: build
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - uses: actions/download-artifact@v5
        with: { name: package }
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`;

const VERBS: Readonly<Record<Work, string>> = {
  install: 'installs',
  build: 'builds',
  test: 'tests',
};

export const rule: PostureRule = {
  id: 'identity-beside-build',
  reference: 'W09',
  severity: 'critical',
  confidence: 'proven',
  area: 'access-control',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about:
    'a job that holds a publish identity or secret runs no code of dependencies or of the project',
  attack:
    'one dependency, build script or test that runs in this job asks for the same identity token, or reads the secret from memory, and publishes what it likes as the project itself',
  mend: 'build, test and pack in a job without id-token and secrets, hand the packed file over as an artifact, and let the publish job do nothing but check its digest and send it',
  incidents: ['I40', 'I44', 'I55'],
  examples: {
    bad: [
      {
        about: 'install, test and publish in one job with an identity',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:12'],
      },
      {
        about: 'a pipeline of GitLab whose job builds with its identity',
        files: pipelineFile(`publish:
  id_tokens: { PYPI_ID_TOKEN: { aud: pypi } }
  script:
    - python -m build
    - twine upload dist/*
`),
        found: ['.gitlab-ci.yml:4'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that builds in another job',
        files:
          pipelineFile(`build: { stage: build, script: [python -m build], artifacts: { paths: [dist] } }
publish:
  stage: deploy
  id_tokens: { PYPI_ID_TOKEN: { aud: pypi } }
  script: [twine upload dist/*]
`),
      },
      { about: 'built in one job, published by another', files: workflowFile(FINE) },
      {
        about: 'bringing the client itself up to date',
        files: workflowFile(
          FINE.replace(
            '      - run: npm publish',
            '      - run: npm install -g npm@latest\n      - run: npm publish',
          ),
        ),
      },
      {
        about: 'an identity that deploys pages in a job that builds them',
        files: workflowFile(BAD.replace('npm publish', 'npm run deploy')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const sending = releaseActs(context).filter(
    (one) => one.destination === 'public' && one.act.ecosystem !== 'other',
  );
  for (const power of context.path.jobs) {
    const held = whatIsHeld(power, sending);
    if (held === null) continue;
    const work = workOf(power.workflow.source, power.job);
    const [first] = work;
    if (first === undefined) continue;
    yield {
      source: power.workflow.source,
      span: first.span,
      job: power.job,
      ...(held.isSure ? {} : { severity: 'high' as const, confidence: 'plausible' as const }),
      message: `job "${power.job.id}" holds ${held.what} and ${verbs(work)}: it runs ${JSON.stringify(first.what)}`,
    };
  }
}

interface Held {
  readonly what: string;
  /** Not where the registry may ask for an environment that only the publish job is in. */
  readonly isSure: boolean;
}

/** An identity counts in every job of a workflow that publishes: registries trust the file, not the job. */
function whatIsHeld(power: JobPower, sending: readonly ReleaseAct[]): Held | null {
  const own = sending.filter((one) => one.power === power);
  const secret = power.registrySecrets.find((use) => !isForgeToken(use.name));
  if (own.length > 0 && secret !== undefined) {
    return { what: `the publish secret ${secret.name.toUpperCase()}`, isSure: true };
  }
  if (!power.mintsIdentity) return null;
  const sisters = sending.filter(
    (one) => one.power.workflow === power.workflow && one.power.mintsIdentity,
  );
  if (sisters.length === 0) return null;
  const what = 'an identity that registries trust';
  return { what, isSure: sisters.some((one) => isSameEnvironment(one.power, power)) };
}

function isSameEnvironment(left: JobPower, right: JobPower): boolean {
  const wanted = left.job.environment?.name?.text ?? null;
  return wanted === null || wanted === (right.job.environment?.name?.text ?? null);
}

function verbs(work: readonly WorkPlace[]): string {
  const kinds = [...new Set(work.map((one) => VERBS[one.work]))];
  const last = kinds.pop() ?? '';
  return kinds.length === 0 ? last : `${kinds.join(', ')} and ${last}`;
}
