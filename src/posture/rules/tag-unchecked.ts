import { canHappen } from '../publish/reach.ts';
import {
  isBehindGateway,
  jobsOfRun,
  neededBy,
  type ReleaseAct,
  releaseActs,
} from '../publish/release-act.ts';
import { checksTag, tagsItself } from '../publish/tag-check.ts';
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
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`;

const OCCASIONS = [
  { event: 'push', ref: 'tag' },
  { event: 'release', ref: 'tag' },
] as const;

export const rule: PostureRule = {
  id: 'tag-unchecked',
  reference: 'W20',
  severity: 'medium',
  confidence: 'plausible',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'the tag that starts a publication is compared with the version of the package',
  attack:
    'the tag v1.2.3 publishes whatever version the manifest names: a release that nobody can find in git, or one that was never meant to go out',
  mend: 'compare tag and version in a step before the package is built and end the job where they differ, or take the version from the tag',
  incidents: ['I41'],
  examples: {
    bad: [
      {
        about: 'a tag that nobody looks at',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'a pipeline of GitLab that publishes by tag',
        files: pipelineFile(`publish:
  only: [tags]
  script: [npm publish package.tgz]
`),
        found: ['.gitlab-ci.yml:3'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that compares both',
        files: pipelineFile(`publish:
  only: [tags]
  script:
    - test "v$(jq -r .version package.json)" = "$CI_COMMIT_TAG"
    - npm publish package.tgz
`),
      },
      {
        about: 'a job that compares them',
        files: workflowFile(
          BAD.replace(
            '  publish:\n',
            `  check:
    runs-on: ubuntu-latest
    steps:
      - run: test "v$(jq -r .version package.json)" = "$GITHUB_REF_NAME"
  publish:
    needs: check
`,
          ),
        ),
      },
      {
        about: 'a build back end that takes the version from the tag',
        files: {
          ...workflowFile(BAD.replace('npm publish aitbc-explorer-web-1.0.0.tgz', 'uv publish')),
          'pyproject.toml': '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\n',
        },
      },
      {
        about: 'no tag starts it',
        files: workflowFile(BAD.replace(/tags: .*/, 'branches: [main]')),
      },
      {
        about: 'the gateway compares them',
        files: workflowFile(BAD.replace('.tgz', '.tgz --registry https://gateway.example/npm/')),
        gateway: { path: 'countersign.yaml', origin: 'https://gateway.example', packages: [] },
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const acts = releaseActs(context).filter((one) => isByTag(one));
  for (const [{ workflow, job }, [first]] of Map.groupBy(acts, (one) => one.power)) {
    if (
      first === undefined ||
      checksTag(context, workflow, neededBy([job], jobsOfRun(context, workflow)))
    )
      continue;
    yield {
      source: workflow.source,
      span: first.act.span,
      job,
      message: `job "${job.id}" publishes by tag, and nothing compares the tag with the version of the package`,
    };
  }
}

function isByTag(one: ReleaseAct): boolean {
  const { power, act } = one;
  if (act.ecosystem === 'other' || tagsItself(act.tool) || isBehindGateway(one)) return false;
  const starts = power.workflow.triggers.some(
    ({ event, tags }) => event === 'release' || (event === 'push' && tags !== null),
  );
  return (
    starts && OCCASIONS.some((occasion) => canHappen(power.workflow, power.job, act, occasion))
  );
}
