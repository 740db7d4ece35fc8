import {
  type AuditContext,
  eachJob,
  eachStep,
  isOnPath,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { SourceText } from '../source-text.ts';
import type { UsesReference } from '../uses-reference.ts';
import type { Container, Job } from '../workflow.ts';
import type { YamlScalar } from '../yaml-node.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

const BAD = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    container: node:22
    services:
      db:
        image: postgres
    steps:
      - uses: docker://alpine:latest
`;

export const rule: PostureRule = {
  id: 'image-unpinned',
  reference: 'W01',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  forges: ['github', 'gitlab'],
  about: 'container images of jobs, services and steps are named by their digest',
  attack:
    'whoever can push to the image registry puts another image behind the same tag, and the next run works inside of it with the secrets of the job',
  mend: 'write the digest behind the tag: name:tag@sha256:...; let a bot bring newer ones',
  incidents: ['I34', 'I36'],
  examples: {
    bad: [
      {
        about: 'a job, a service and a step by tag or by nothing',
        files: workflowFile(BAD, 'test'),
        found: [
          '.github/workflows/test.yml:5',
          '.github/workflows/test.yml:8',
          '.github/workflows/test.yml:10',
        ],
      },
      {
        about: 'a pipeline of GitLab: the image of all jobs is said once',
        files: pipelineFile(`default: { image: "node:$VERSION" }
variables: { VERSION: "22" }
test: { script: make test, services: [postgres] }
lint: { script: make lint }
`),
        found: ['.gitlab-ci.yml:1', '.gitlab-ci.yml:3'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab by digest, and with a variable that nobody knows here',
        files: pipelineFile(`test: { image: "node@${DIGEST}", script: make test }
lint: { image: "$CI_REGISTRY_IMAGE:lint", script: make lint }
`),
      },
      {
        about: 'all three by digest',
        files: workflowFile(
          BAD.replace('node:22', `node:22@${DIGEST}`)
            .replace('postgres', `postgres@${DIGEST}`)
            .replace('alpine:latest', `alpine@${DIGEST}`),
        ),
      },
      {
        about: 'an image that an expression names: nobody can tell from here',
        files: workflowFile(`on: push
jobs:
  test:
    runs-on: ubuntu-latest
    container: \${{ matrix.image }}
    steps: [{ run: make }]
`),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { workflow, job } of eachJob(context)) {
    const containers: readonly Container[] =
      job.container === null ? job.services : [job.container, ...job.services];
    for (const { image, uses } of containers) {
      yield* judge(context, workflow.source, image, uses, job);
    }
  }
  for (const { source, job, step } of eachStep(context)) {
    if (step.uses?.reference.kind !== 'docker') continue;
    yield* judge(context, source, step.uses.scalar, step.uses.reference, job);
  }
}

function* judge(
  context: AuditContext,
  source: SourceText,
  scalar: YamlScalar,
  image: Extract<UsesReference, { kind: 'docker' }>,
  job: Job | null,
): Generator<Problem> {
  if (image.digest !== null || scalar.text.includes('${{') || image.image === '') return;
  // a tag with a version is moved by mistake or by force, `latest` and none by design
  const isFloating = image.tag === null || image.tag === 'latest';
  const onPath = job !== null && isOnPath(context, job);
  yield {
    source,
    span: scalar.span,
    message: `image ${image.image.slice(0, 80)} is named by ${image.tag === null ? 'no tag' : `the tag "${image.tag.slice(0, 40)}"`} and by no digest`,
    severity: onPath ? 'critical' : isFloating ? 'high' : 'medium',
    ...(job !== null && { job }),
  };
}
