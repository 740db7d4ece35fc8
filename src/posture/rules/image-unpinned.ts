import { expandMatrix } from '../matrix.ts';
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
import { parseImage, type UsesReference } from '../uses-reference.ts';
import type { Container, Job } from '../workflow.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

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
        about: 'an image that the matrix names, and one that somebody else chooses',
        files: workflowFile(
          BAD.replace(
            'container: node:22',
            "strategy: { matrix: { node: [20, '22'] } }\n    container: node:${{ matrix.node }}-alpine",
          ).replace('alpine:latest', '${{ inputs.image }}'),
          'test',
        ),
        found: [
          '.github/workflows/test.yml:6',
          '.github/workflows/test.yml:9',
          '.github/workflows/test.yml:11',
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
        about: 'images that the matrix names by digest',
        files: workflowFile(
          `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    strategy: { matrix: { include: [{ image: 'node@${DIGEST}' }] } }
    container: { image: '\${{ matrix.image }}' }
    steps: [{ run: make test }]
`,
          'test',
        ),
      },
      {
        about: 'all three by digest',
        files: workflowFile(
          BAD.replace('node:22', `node:22@${DIGEST}`)
            .replace('postgres', `postgres@${DIGEST}`)
            .replace('alpine:latest', `alpine@${DIGEST}`),
        ),
      },
    ],
  },
  check,
};

type Image = Extract<UsesReference, { kind: 'docker' }>;

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
  uses: Image,
  job: Job | null,
): Generator<Problem> {
  const written = scalar.text.replace(/^docker:\/\//, '');
  const hasExpression = written.includes('${{');
  if (hasExpression && job !== null && job.pipeline !== null) return;
  const images = hasExpression
    ? expandMatrix(written, job?.matrix ?? null).map(parseImage)
    : [uses];
  const open = images.filter(({ digest, image }) => digest === null && image !== '');
  // a tag with a version is moved by mistake or by force, `latest` and none by design
  const found = open.find(isFloating) ?? open[0];
  if (found === undefined) return;
  const { image, tag } = found;
  // a variable may hold a digest
  const isDecided = !(tag ?? image).includes('${{');
  const onPath = job !== null && isOnPath(context, job);
  const weight = onPath ? 'critical' : isFloating(found) ? 'high' : 'medium';
  const name = tag === null ? 'no tag' : `the tag "${tag.slice(0, 40)}"`;
  yield {
    source,
    span: scalar.span,
    message: isDecided
      ? `image ${image.slice(0, 80)} is named by ${name} and by no digest`
      : `nothing says that image ${written.slice(0, 80)} is named by a digest`,
    severity: isDecided ? weight : 'low',
    ...(isDecided ? {} : { confidence: 'weak' as const }),
    ...(job !== null && { job }),
  };
}

function isFloating({ tag }: Image): boolean {
  return tag === null || tag === 'latest';
}
