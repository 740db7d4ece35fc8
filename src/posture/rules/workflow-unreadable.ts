import { type PostureRule, pipelineFile, workflowFile } from '../rule.ts';

export const rule: PostureRule = {
  id: 'workflow-unreadable',
  reference: null,
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  forges: ['github', 'gitlab'],
  about: 'every workflow, action and pipeline can be read',
  attack:
    'what no tool can read, nobody has audited: two readers that disagree about a file let one of them run what the other never saw',
  mend: 'write the file so that every YAML reader sees the same: no doubled keys, no second document, no undefined anchors',
  incidents: [],
  examples: {
    bad: [
      {
        about: 'a key that stands twice: readers differ in which of the two counts',
        files: workflowFile(`on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: []
    steps: [{ run: make }]
`),
        found: ['.github/workflows/release.yml:6'],
      },
      {
        about: 'no YAML at all',
        files: workflowFile('on: [push\njobs: {}\n'),
        found: ['.github/workflows/release.yml:2'],
      },
      {
        about: 'a pipeline of GitLab with a doubled key, and a file that is not there',
        files: pipelineFile(`include: ci/release.yml
test:
  script: make test
  script: make
`),
        found: ['.gitlab-ci.yml:1', '.gitlab-ci.yml:4'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab with its header and its references',
        files: {
          ...pipelineFile(`spec: { inputs: { stage: { default: test } } }
---
include: ci/make.yml
test: { script: [!reference [.make, script], make test] }
`),
          'ci/make.yml': '.make: { script: [make] }\n',
        },
      },
      {
        about: 'each key once',
        files: workflowFile(`on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: [{ run: make }]
`),
      },
    ],
  },
  check: (context) => context.unread.map((problem) => ({ ...problem, evidence: 'unverified' })),
};
