import type { PipelineTrigger } from '../gitlab/pipeline.ts';
import { isBehindGateway, type ReleaseAct, releaseActs } from '../publish/release-act.ts';
import { type AuditContext, type PostureRule, type Problem, pipelineFile } from '../rule.ts';

const BAD = `publish:
  script: [npm publish package.tgz]
upload:
  rules: [{ if: $CI_COMMIT_BRANCH, when: manual }]
  script: [twine upload dist/*]
preview:
  only: [merge_requests]
  script: [npm publish package.tgz --tag next]
`;

export const rule: PostureRule = {
  id: 'publish-from-any-ref',
  reference: 'W20',
  severity: 'high',
  confidence: 'plausible',
  area: 'access-control',
  scope: 'publish-path',
  forges: ['gitlab'],
  about: 'a job of GitLab that publishes runs for protected branches and tags alone',
  attack:
    'whoever may push any branch publishes from it, or presses the button of the job: no review has seen what it holds',
  mend: 'let rules ask for a tag of the whole pattern or for the default branch, protect both, and put the job into a protected environment; protect the variables of the registry as well',
  incidents: ['I41', 'I42', 'I53'],
  examples: {
    bad: [
      {
        about: 'jobs for every push, for every branch by a button, and for merge requests',
        files: pipelineFile(BAD),
        found: ['.gitlab-ci.yml:1', '.gitlab-ci.yml:4', '.gitlab-ci.yml:7'],
      },
    ],
    fine: [
      {
        about: 'jobs for one branch, for protected ones, and in an environment',
        files: pipelineFile(`publish:
  rules: [{ if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH }]
  script: [npm publish package.tgz]
upload:
  rules: [{ if: '$CI_COMMIT_BRANCH && $CI_COMMIT_REF_PROTECTED == "true"' }]
  script: [twine upload dist/*]
preview:
  environment: preview
  script: [npm publish package.tgz --tag next]
`),
      },
      {
        about: "a job for the forge's own registry",
        files: pipelineFile(`publish:
  script: [twine upload --repository-url $CI_API_V4_URL/projects/1/packages/pypi dist/*]
`),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const one of releaseActs(context)) {
    const { workflow, job } = one.power;
    if (!isPublic(one) || job.environment !== null) continue;
    const open = job.pipeline?.triggers.find(isOpen);
    if (open === undefined) continue;
    const by = open.event === 'pull_request' ? 'every merge request' : 'every branch';
    const button = job.pipeline?.manualSpan === null ? '' : ', by a button that each developer has';
    yield {
      source: workflow.source,
      span: open.span,
      job,
      ...(job.pipeline?.isPartial && { evidence: 'unverified' as const }),
      message: `job "${job.id}" publishes with ${one.act.tool} from ${by}${button}`,
    };
  }
}

function isPublic(one: ReleaseAct): boolean {
  if (isBehindGateway(one) || one.act.ecosystem === 'other') return false;
  return one.destination === 'public' || one.destination === 'unknown';
}

function isOpen({ event, tags, branches, isProtected }: PipelineTrigger): boolean {
  if (isProtected || tags !== null) return false;
  if (event === 'pull_request') return true;
  return event === 'push' && (branches === null || branches.some(({ text }) => text === '*'));
}
