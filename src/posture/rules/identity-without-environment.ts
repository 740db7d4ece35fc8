import { releaseActs } from '../publish/release-act.ts';
import {
  type AuditContext,
  isOnPath,
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
    permissions:
      id-token: write
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`;

const PIPELINE = `publish:
  rules: [{ if: '$CI_COMMIT_TAG =~ /^v[0-9]+\\.[0-9]+\\.[0-9]+$/' }]
  id_tokens:
    PYPI_ID_TOKEN: { aud: pypi }
  script: twine upload dist/*
`;

export const rule: PostureRule = {
  id: 'identity-without-environment',
  reference: 'W07',
  severity: 'critical',
  confidence: 'proven',
  area: 'access-control',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'a job that can publish by its identity runs in an environment',
  attack:
    'any branch whose workflow may ask for an identity token gets one that the registry accepts: without an environment the registry cannot tell a release from a push to a side branch, and nobody is asked',
  mend: 'add environment: to the job, give that environment required reviewers and a tag-only policy, and name it in the trusted publisher of the registry',
  incidents: ['I42', 'I50', 'I51'],
  examples: {
    bad: [
      {
        about: 'a publish job with id-token: write and no environment',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:8'],
      },
      {
        about: 'the same on GitLab, where the tokens are asked for by name',
        files: pipelineFile(PIPELINE),
        found: ['.gitlab-ci.yml:4'],
      },
    ],
    fine: [
      {
        about: 'the same pipeline of GitLab in an environment',
        files: pipelineFile(`${PIPELINE}  environment: release\n`),
      },
      {
        about: 'the same job in an environment',
        files: workflowFile(
          BAD.replace('    permissions', '    environment: release\n    permissions'),
        ),
      },
      {
        about: 'an identity that publishes nothing to a registry',
        files: workflowFile(BAD.replace('npm publish aitbc-explorer-web-1.0.0.tgz', 'make')),
      },
    ],
  },
  check,
};

const AT_THE_GATEWAY: Pick<Problem, 'severity' | 'mend'> = {
  severity: 'medium',
  mend: "add environment: to the job, give that environment a tag-only policy, and name it in the gateway's binding of this repository",
};

function* check(context: AuditContext): Generator<Problem> {
  const direct = new Set(
    releaseActs(context)
      .filter((one) => one.destination !== 'gateway')
      .map((one) => one.act),
  );
  for (const { workflow, job, acts, mintsIdentity } of context.path.jobs) {
    if (!mintsIdentity || acts.length === 0 || job.environment !== null) continue;
    if (!isOnPath(context, job)) continue;
    const written = (job.permissions ?? workflow.permissions)?.scopes.get('id-token');
    const span = written?.span ?? job.permissions?.keySpan ?? workflow.permissions?.keySpan;
    yield {
      source: workflow.source,
      span: span ?? job.idSpan,
      job,
      message: `job "${job.id}" publishes and may ask for an identity token, in no environment`,
      // what the gateway takes is published by signatures alone
      ...(acts.some((act) => direct.has(act)) ? {} : AT_THE_GATEWAY),
    };
  }
}
