import { describe, expect, it } from 'vitest';
import { readAction, readWorkflow } from './read-workflow.ts';
import { SourceText } from './source-text.ts';
import type { Workflow } from './workflow.ts';

function read(text: string): Workflow {
  const result = readWorkflow(new SourceText('a.yml', text));
  if (!result.ok) throw new Error(result.problems.map((one) => one.message).join());
  return result.value;
}

describe('readWorkflow', () => {
  it.each([
    ['on: push\njobs: {}', ['push']],
    ['on: [push, pull_request]\njobs: {}', ['push', 'pull_request']],
    ['on:\n  push:\n  schedule:\n    - cron: "0 0 * * *"\njobs: {}', ['push', 'schedule']],
  ])('reads the triggers of %j', (text, events) => {
    expect(read(text).triggers.map((one) => one.event)).toEqual(events);
  });

  it('tells a filter that is empty from one that is missing', () => {
    const [push] = read('on: { push: { tags: [] } }\njobs: {}').triggers;
    expect(push?.tags).toEqual([]);
    expect(push?.branches).toBeNull();
  });

  it('reads permissions in each form', () => {
    const { permissions, jobs } = read(
      'on: push\npermissions: write-all\njobs:\n  a: { permissions: {} }\n  b: { permissions: { id-token: write, contents: odd } }\n',
    );
    expect(permissions?.all).toBe('write');
    expect(jobs[0]?.permissions?.scopes.size).toBe(0);
    const levels = [...(jobs[1]?.permissions?.scopes ?? [])].map(([name, one]) => [
      name,
      one.level,
    ]);
    expect(levels).toEqual([
      ['id-token', 'write'],
      ['contents', 'write'],
    ]);
  });

  it('reads a call of a reusable workflow', () => {
    const [job] = read(
      'on: push\njobs:\n  a:\n    uses: alice/flows/.github/workflows/x.yml@v1\n    secrets: inherit\n',
    ).jobs;
    expect(job?.call?.secrets).toBe('inherit');
    expect(job?.call?.uses.reference).toEqual({
      kind: 'repository',
      owner: 'alice',
      name: 'flows',
      path: '.github/workflows/x.yml',
      ref: 'v1',
    });
  });

  it('reads the comment behind a pin', () => {
    const [job] = read('on: push\njobs:\n  a:\n    steps:\n      - uses: a/b@0123 # v1.2.3\n').jobs;
    expect(job?.steps[0]?.uses?.comment).toBe('v1.2.3');
  });

  it.each([
    ['${{ github.ref }}', false],
    ['github.ref', false],
    ["${{ github.ref }} == 'x'", true],
    ['${{ a }} && ${{ b }}', true],
    ['|\n        ${{ github.ref }}\n', true],
  ])('tells whether `if: %s` is always true', (condition, always) => {
    const [job] = read(`on: push\njobs:\n  a:\n    if: ${condition}\n`).jobs;
    expect(job?.condition?.isAlwaysTrueText).toBe(always);
  });

  it('reads steps that anchors repeat', () => {
    const { jobs } = read('on: push\njobs:\n  a: &job { steps: [{ run: make }] }\n  b: *job\n');
    expect(jobs.map((job) => job.steps[0]?.run?.text)).toEqual(['make', 'make']);
  });

  it('bounds what anchors can repeat', () => {
    const steps = `x: &steps [${'{ run: a },'.repeat(1_000)}]`;
    const jobs = Array.from({ length: 50 }, (_, at) => `  j${at}: { steps: *steps }`).join('\n');
    const result = readWorkflow(new SourceText('a.yml', `${steps}\non: push\njobs:\n${jobs}\n`));
    expect(result.ok ? '' : result.problems[0]?.message).toBe('has more than 5000 steps');
  });

  it.each(['', 'a: b', 'on: push', 'jobs: {}', '[]', 'on: push\njobs: []', 'x'])(
    'refuses %j, which is no workflow',
    (text) => {
      expect(readWorkflow(new SourceText('a.yml', text)).ok).toBe(false);
    },
  );

  it.each([
    'on: 5\njobs: { a: 5, b: [], c: null }',
    'on: { push: [] }\njobs: { a: { steps: { run: x }, needs: { a: b }, if: [] } }',
    'on: [[push]]\njobs: { a: { steps: [5, [], null, { uses: [] }, { run: {} }] } }',
    'on: push\njobs: { a: { permissions: 5, env: [], environment: [], runs-on: { group: [] } } }',
    'on: push\nconcurrency: []\npermissions: [write]\njobs: { a: { container: [], services: [1] } }',
  ])('reads the odd %j as far as it goes', (text) => {
    expect(readWorkflow(new SourceText('a.yml', text)).ok).toBe(true);
  });
});

describe('readAction', () => {
  it('reads inputs and steps', () => {
    const result = readAction(
      new SourceText(
        'action.yml',
        'name: x\ninputs: { a: { required: true } }\nruns: { using: composite, steps: [{ run: make, shell: bash }] }\n',
      ),
    );
    expect(result.ok && [result.value.inputs[0]?.isRequired, result.value.steps.length]).toEqual([
      true,
      1,
    ]);
  });
});
