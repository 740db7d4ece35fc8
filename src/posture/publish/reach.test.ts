import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../read-workflow.ts';
import { SourceText } from '../source-text.ts';
import type { Workflow } from '../workflow.ts';
import { canRun, type Occasion, occasionsOf, truthOf } from './reach.ts';

function workflowOf(text: string): Workflow {
  const read = readWorkflow(new SourceText('w.yml', text));
  if (!read.ok) throw new Error(read.problems[0]?.message);
  return read.value;
}

function runs(condition: string, occasion: Occasion): boolean {
  const workflow = workflowOf(
    `on: push\njobs:\n  a:\n    if: ${JSON.stringify(condition)}\n    steps: []\n`,
  );
  const [job] = workflow.jobs;
  return job !== undefined && canRun(workflow, job, occasion);
}

const TAG: Occasion = { event: 'push', ref: 'tag' };
const BRANCH: Occasion = { event: 'push', ref: 'branch' };
const BY_HAND: Occasion = { event: 'workflow_dispatch', ref: 'branch' };

describe('canRun', () => {
  it.each([
    ["startsWith(github.ref, 'refs/tags/')", TAG, true],
    ["startsWith(github.ref, 'refs/tags/')", BRANCH, false],
    ["startsWith(github.ref, 'refs/tags/v')", TAG, true],
    ["contains(github.ref, 'tags/')", BRANCH, false],
    ["!startsWith(github.ref, 'refs/tags/')", TAG, false],
    ["github.ref == 'refs/heads/main'", TAG, false],
    ["github.ref == 'refs/heads/main'", BRANCH, true],
    ["github.ref_type == 'tag'", BRANCH, false],
    ["github.event_name == 'push'", BY_HAND, false],
    ["github.event_name == 'PUSH'", TAG, true],
    ["github.event_name != 'push' || inputs.force", TAG, false],
    ['${{ inputs.publish }}', TAG, false],
    ['${{ inputs.publish }}', BY_HAND, true],
    ["github.event.action == 'published'", BY_HAND, false],
    ["github.event.release.tag_name != ''", TAG, false],
    ["github.event.pull_request.merged == true && github.ref == 'refs/heads/main'", BRANCH, false],
    ["github.repository == 'alice/aitbc'", TAG, true],
    ["needs.plan.outputs.go == 'true'", TAG, true],
    ['false', TAG, false],
    ['always()', TAG, true],
    // text around the braces is a string, and a string is true
    ["${{ github.event_name == 'pull_request' }} ", TAG, false],
    ["x ${{ github.event_name == 'pull_request' }}", TAG, true],
    // what cannot be read lets pass
    ["github.ref == '", BRANCH, true],
  ] as const)('%s under %j: %s', (condition, occasion, expected) => {
    expect(runs(condition, occasion)).toBe(expected);
  });

  it('skips a job whose needed job is skipped, but for a status function', () => {
    const text = `on: push
jobs:
  first: { if: "github.event_name == 'release'", steps: [] }
  second: { needs: first, steps: [] }
  third: { needs: first, if: always(), steps: [] }
  ring: { needs: [ring, nobody], steps: [] }
`;
    const workflow = workflowOf(text);
    expect(workflow.jobs.map((job) => canRun(workflow, job, TAG))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('truthOf', () => {
  it.each([
    ['true', 'certainly'],
    ['false', 'never'],
    ['', 'never'],
    ['npm', 'certainly'],
    ["${{ github.ref_type != 'tag' }}", 'never'],
    ["${{ github.ref_type == 'tag' }}", 'certainly'],
    ['${{ vars.CACHE }}', 'perhaps'],
    ['a${{ 1 }}', 'perhaps'],
    ["${{ github.ref_type == 'tag' && 'false' || 'true' }}", 'never'],
    ['${{ not closed', 'certainly'],
  ] as const)('%s is %s true on a tag', (text, expected) => {
    expect(truthOf(text, TAG)).toBe(expected);
  });
});

describe('occasionsOf', () => {
  it('tells tags from branches by the filters of push', () => {
    const of = (on: string) => occasionsOf(workflowOf(`on: ${on}\njobs: {}\n`));
    expect(of('push')).toEqual([TAG, BRANCH]);
    expect(of('{ push: { tags: [v1] } }')).toEqual([TAG]);
    expect(of('{ push: { branches: [main] } }')).toEqual([BRANCH]);
    expect(of('[release, workflow_dispatch]')).toEqual([
      { event: 'release', ref: 'tag' },
      { event: 'workflow_dispatch', ref: null },
    ]);
  });
});
