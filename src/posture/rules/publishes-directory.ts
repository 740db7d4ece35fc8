import { workOf } from '../publish/job-work.ts';
import type { PublishAct } from '../publish/publish-act.ts';
import type { JobPower } from '../publish/publish-path.ts';
import { isBehindGateway, releaseActs } from '../publish/release-act.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import { usesName } from '../uses-reference.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - run: npm publish
`;

const FINE = `on: { release: { types: [published] } }
jobs:
  publish:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v5
        with: { name: package }
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`;

/** Clients that send what stands in dist/ unless they are told to build. */
const SENDS_FILES = /^(?:uv|hatch|twine|poetry|rye|maturin upload)$/;
const PACKED = /\.(?:tgz|tar\.gz|whl)\b|\$|\*/;

export const rule: PostureRule = {
  id: 'publishes-directory',
  reference: 'W23',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'what is published is a packed file that was made, checked and approved before',
  attack:
    'the package is put together at the moment of publication: nobody has seen those bytes, and whatever changes the folder between review and upload goes out with them',
  mend: 'pack in a job of its own, record the digest of the packed file, and let the publish job send exactly that file after it has compared the digest',
  incidents: ['I16', 'I44'],
  examples: {
    bad: [
      {
        about: 'a folder that is packed while it is published',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'distributions that are built and sent by one job',
        files: workflowFile(
          BAD.replace('npm publish', 'python -m build\n      - run: twine upload dist/*'),
        ),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'a pipeline of GitLab that packs while it publishes, and one that builds',
        files: pipelineFile(`publish: { script: [npm publish] }
upload:
  script:
    - python -m build
    - twine upload dist/*
`),
        found: ['.gitlab-ci.yml:1', '.gitlab-ci.yml:5'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that sends what another job has packed',
        files:
          pipelineFile(`build: { stage: build, script: [npm pack], artifacts: { paths: ["*.tgz"] } }
publish: { stage: deploy, script: [npm publish package.tgz] }
`),
      },
      { about: 'a packed file that another job made', files: workflowFile(FINE) },
      {
        about: 'distributions that another job made',
        files: workflowFile(FINE.replace('npm publish aitbc-explorer-web-1.0.0.tgz', 'uv publish')),
      },
      {
        about: 'a folder that goes to the gateway: people sign for the bytes that arrive there',
        files: workflowFile(
          BAD.replace('publish\n', 'publish --registry https://gateway.example/\n'),
        ),
        gateway: { path: 'countersign.yaml', origin: 'https://gateway.example', packages: [] },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const one of releaseActs(context)) {
    const { power, act } = one;
    if (act.ecosystem === 'other' || isBehindGateway(one)) continue;
    const why = sendsFile(act) ? (buildsItself(power) ? 'builds' : null) : 'packs';
    if (why === null) continue;
    yield {
      source: power.workflow.source,
      span: act.span,
      job: power.job,
      message:
        why === 'packs'
          ? `job "${power.job.id}" packs the folder while it publishes with ${act.tool}`
          : `job "${power.job.id}" builds what it publishes with ${act.tool}`,
    };
  }
}

function sendsFile({ ecosystem, tool, artifact }: PublishAct): boolean {
  if (artifact !== null) return ecosystem === 'pypi' || PACKED.test(artifact);
  return ecosystem === 'pypi' && SENDS_FILES.test(tool);
}

/** A job that takes an artifact of another one packs nothing that counts. */
function buildsItself({ workflow, job }: JobPower): boolean {
  const takes = job.steps.some(({ uses, run }) =>
    uses === null
      ? /\bgh (?:run|release) download\b/.test(run?.text ?? '')
      : /download-artifact|actions-download/.test(usesName(uses.reference)),
  );
  return !takes && workOf(workflow.source, job).some(({ work }) => work === 'build');
}
