import { type PostureRule, workflowFile } from '../rule.ts';

export const rule: PostureRule = {
  id: 'workflow-unreadable',
  reference: null,
  severity: 'high',
  confidence: 'proven',
  area: 'validation',
  scope: 'workflows',
  about: 'every workflow and action can be read',
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
    ],
    fine: [
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
