import { scansForSecrets } from '../publish/care.ts';
import {
  isBehindGateway,
  jobsOfRun,
  neededBy,
  type ReleaseAct,
  releaseActs,
  releaseJobs,
} from '../publish/release-act.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { Job, Workflow } from '../workflow.ts';

const BAD = `on: { release: { types: [published] } }
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm pack
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`;

const SOURCES = `on: { release: { types: [published] } }
jobs:
  scan:
    runs-on: ubuntu-latest
    steps:
      - uses: gitleaks/gitleaks-action@v2
  publish:
    needs: scan
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

export const rule: PostureRule = {
  id: 'publish-unscanned',
  reference: null,
  severity: 'medium',
  confidence: 'plausible',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'the packed files are searched for secrets before they are published',
  attack:
    'a .env file, a token in a source map or a key in a test fixture is packed by mistake, and whoever watches the registry has it within minutes; no version can be taken back',
  mend: 'run countersign scan, or another scanner of secrets, on the packed file, in the job that packs it or in the one that publishes it; a scan of the repository alone misses what is generated or not in git',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'no scan',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:7'],
      },
      {
        about: 'a scan of the sources in another job: what is packed has not been seen',
        files: workflowFile(SOURCES),
        found: ['.github/workflows/release.yml:11'],
      },
      {
        about: 'a pipeline of GitLab that scans nothing',
        files: pipelineFile(`publish: { script: [twine upload dist/*] }
`),
        found: ['.gitlab-ci.yml:1'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that scans what it packs',
        files:
          pipelineFile(`build: { stage: build, script: [npm pack, countersign scan package.tgz], artifacts: { paths: [package.tgz] } }
publish: { stage: deploy, script: [npm publish package.tgz] }
`),
      },
      {
        about: 'a scan of the packed file',
        files: workflowFile(
          BAD.replace('npm pack\n', 'npm pack\n      - run: npx countersign scan *.tgz\n'),
        ),
      },
      {
        about: 'another scanner, in the job that packs',
        files: workflowFile(
          BAD.replace('npm pack\n', 'npm pack\n      - run: gitleaks dir package --redact\n'),
        ),
      },
      {
        about: 'the gateway scans what arrives',
        files: workflowFile(BAD.replace('.tgz', '.tgz --registry https://gateway.example/npm/')),
        gateway: { path: 'countersign.yaml', origin: 'https://gateway.example', packages: [] },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const acts = releaseActs(context).filter(
    (one) => one.act.ecosystem !== 'other' && !isBehindGateway(one),
  );
  const packing = new Set(releaseJobs(context).map((one) => one.power.job));
  for (const [power, own] of Map.groupBy(acts, (one) => one.power)) {
    const [first] = own;
    if (first === undefined) continue;
    const jobs = neededBy([power.job], jobsOfRun(context, power.workflow));
    const scanning = [...jobs].filter((job) => job.steps.some(scansForSecrets));
    if (scanning.some((job) => packing.has(job))) continue;
    yield unscanned(power.workflow, first, scanning[0]);
  }
}

function unscanned(workflow: Workflow, { power, act }: ReleaseAct, other?: Job): Problem {
  return {
    source: workflow.source,
    span: act.span,
    job: power.job,
    ...(other === undefined ? {} : { severity: 'low' as const }),
    message:
      other === undefined
        ? `job "${power.job.id}" publishes with ${act.tool}, and nothing looks for secrets in what is packed`
        : `job "${power.job.id}" publishes with ${act.tool}; job "${other.id}" looks for secrets in the sources and not in what is packed`,
  };
}
