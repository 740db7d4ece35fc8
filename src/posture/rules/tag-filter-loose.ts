import { replaceSpan } from '../edits/line-edit.ts';
import { canHappen } from '../publish/reach.ts';
import { jobsOfRun, neededBy, type ReleaseAct, releaseActs } from '../publish/release-act.ts';
import { checksTag } from '../publish/tag-check.ts';
import { looseness } from '../publish/tag-pattern.ts';
import { looseTag, strictFilter } from '../publish/tag-rule.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';
import type { Workflow } from '../workflow.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

const BAD = `on:
  push:
    tags: [v*]
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
`;

const STRICT = BAD.replace('[v*]', "['v[0-9]+.[0-9]+.[0-9]+']");
const OCCASION = { event: 'push', ref: 'tag' } as const;

export const rule: PostureRule = {
  id: 'tag-filter-loose',
  reference: 'W20',
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'only tags that are strict semantic versions start a publication',
  attack:
    'whoever may push any tag publishes: v-test by accident, or a name on an unreviewed commit that no list of releases shows',
  mend: "filter for 'v[0-9]+.[0-9]+.[0-9]+', with a second filter for each kind of prerelease, and compare the tag with the version of the package before it is published",
  incidents: ['I41', 'I47'],
  examples: {
    bad: [
      {
        about: 'everything that begins with v',
        files: workflowFile(BAD),
        found: ['.github/workflows/release.yml:3'],
        fixed: workflowFile(STRICT),
      },
      {
        about: 'any tag, and tags with a part too many',
        files: workflowFile(BAD.replace('[v*]', "\n      - '*'\n      - 'v[0-9]+.[0-9]+.[0-9]+*'")),
        found: ['.github/workflows/release.yml:4', '.github/workflows/release.yml:5'],
        fixed: workflowFile(
          BAD.replace('[v*]', "\n      - 'v[0-9]+.[0-9]+.[0-9]+'\n      - 'v[0-9]+.[0-9]+.[0-9]+'"),
        ),
      },
      {
        about: 'one version number',
        files: workflowFile(BAD.replace('[v*]', "['v[0-9]+.*']")),
        found: ['.github/workflows/release.yml:3'],
        fixed: workflowFile(STRICT),
      },
      {
        about: 'every tag, by a condition',
        files: workflowFile(
          BAD.replace('on:\n  push:\n    tags: [v*]', 'on: [push]').replace(
            '    steps',
            "    if: startsWith(github.ref, 'refs/tags/v')\n    steps",
          ),
        ),
        found: ['.github/workflows/release.yml:5'],
      },
      {
        about: 'a pipeline of GitLab by any tag, by what begins like one, and by a condition',
        files: pipelineFile(`publish: { only: [tags], script: [npm publish package.tgz] }
upload:
  only: [/^v/]
  except: [branches]
  script: [twine upload dist/*]
other:
  rules: [{ if: $CI_COMMIT_TAG }]
  script: [twine upload dist/*]
`),
        found: ['.gitlab-ci.yml:1', '.gitlab-ci.yml:3', '.gitlab-ci.yml:7'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab by a pattern from start to end',
        files: pipelineFile(`publish:
  rules: [{ if: '$CI_COMMIT_TAG =~ /^v[0-9]+\\.[0-9]+\\.[0-9]+$/' }]
  script: [npm publish package.tgz]
`),
      },
      { about: 'strict versions', files: workflowFile(STRICT) },
      {
        about: 'strict versions and release candidates',
        files: workflowFile(
          BAD.replace('[v*]', "['v[0-9]+.[0-9]+.[0-9]+', 'v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+']"),
        ),
      },
      {
        about: 'a loose filter, and a check of the tag against the package',
        files: workflowFile(
          BAD.replace(
            '      - run: npm',
            '      - run: test "v$(jq -r .version package.json)" = "$GITHUB_REF_NAME"\n      - run: npm',
          ),
        ),
      },
      {
        about: 'a loose filter that publishes nothing',
        files: workflowFile(BAD.replace('npm publish', 'npm test')),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const acts = releaseActs(context).filter((one) => one.destination !== 'gateway');
  for (const [workflow, all] of Map.groupBy(acts, (one) => one.power.workflow)) {
    const own = all.filter(({ power, act }) => canHappen(workflow, power.job, act, OCCASION));
    const [first] = own;
    if (first === undefined) continue;
    const jobs = neededBy(
      own.map((one) => one.power.job),
      jobsOfRun(context, workflow),
    );
    if (checksTag(context, workflow, jobs)) continue;
    yield* loosePatterns(workflow, own);
    if (workflow.forge === 'github') yield* looseTriggers(workflow, first, own);
  }
}

function* looseTriggers(
  workflow: Workflow,
  first: ReleaseAct,
  own: readonly ReleaseAct[],
): Generator<Problem> {
  for (const { event, tags, branches, branchesIgnore } of workflow.triggers) {
    if (event !== 'push') continue;
    if (tags !== null) yield* looseFilters(workflow, first, tags);
    else if (branches === null && branchesIgnore === null) yield* looseConditions(workflow, own);
  }
}

function* looseFilters(
  workflow: Workflow,
  { power }: ReleaseAct,
  tags: readonly YamlScalar[],
): Generator<Problem> {
  const exceptions = tags.map((one) => one.text).filter((text) => text.startsWith('!'));
  for (const tag of tags) {
    const loose = tag.text.startsWith('!') ? null : looseTag(tag.text, exceptions);
    if (loose === null) continue;
    const strict = strictFilter(tag.text);
    yield {
      source: workflow.source,
      span: tag.span,
      job: power.job,
      message: `the filter ${JSON.stringify(tag.text)} lets the tag ${JSON.stringify(loose)} start job "${power.job.id}", which publishes`,
      ...(strict === null
        ? {}
        : {
            fix: {
              about: `let only tags like ${strict} start the workflow`,
              changesBehaviour: true,
              edits: [replaceSpan(workflow.source, tag.span, `'${strict}'`)],
            },
          }),
    };
  }
}

/** A pipeline's jobs say themselves which tags start them. */
function* loosePatterns(workflow: Workflow, acts: readonly ReleaseAct[]): Generator<Problem> {
  for (const { power } of acts) {
    for (const tag of power.job.pipeline?.triggers.flatMap((one) => one.tags ?? []) ?? []) {
      const loose = looseness(tag.text);
      if (loose === null) continue;
      yield {
        source: workflow.source,
        span: tag.span,
        job: power.job,
        message: `${loose} starts job "${power.job.id}", which publishes`,
        mend: 'ask for the whole tag, as in $CI_COMMIT_TAG =~ /^v[0-9]+\\.[0-9]+\\.[0-9]+$/, protect such tags, and compare the tag with the version of the package before it is published',
      };
    }
  }
}

/** Where any push starts the workflow, the condition on tags is the filter. */
function* looseConditions(workflow: Workflow, acts: readonly ReleaseAct[]): Generator<Problem> {
  const seen = new Set<YamlScalar>();
  for (const { power, act } of acts) {
    const condition = [power.job.condition, act.step.condition].find((one) =>
      /refs\/tags|ref_type/.test(one?.scalar.text ?? ''),
    );
    const isForBranches = canHappen(workflow, power.job, act, { event: 'push', ref: 'branch' });
    if (!condition || isForBranches || seen.has(condition.scalar)) continue;
    seen.add(condition.scalar);
    yield {
      source: workflow.source,
      span: condition.scalar.span,
      job: power.job,
      message: `any tag that fits this condition makes job "${power.job.id}" publish`,
    };
  }
}
