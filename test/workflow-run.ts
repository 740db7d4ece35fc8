/** Runs the steps of workflows and actions with bash, as a runner does: inputs in the environment. */
import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAction, readWorkflow } from '../src/posture/read-workflow.ts';
import { SourceText } from '../src/posture/source-text.ts';
import type { Action, Step, Workflow } from '../src/posture/workflow.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface StepsRun {
  /** Of the step that failed, else 0. */
  readonly exit: number;
  /** What all steps printed. */
  readonly text: string;
  /** `steps.ID.outputs.NAME` of what the steps said. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface RunnerOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What expressions stand for, such as `inputs.version`; one that is not here is a failure. */
  readonly values?: Readonly<Record<string, string>>;
}

export function workflowOf(text: string): Workflow {
  const read = readWorkflow(new SourceText('.github/workflows/test.yml', text));
  if (!read.ok) throw new Error(read.problems.map((one) => one.message).join('; '));
  return read.value;
}

export function actionOf(text: string): Action {
  const read = readAction(new SourceText('action.yml', text));
  if (!read.ok) throw new Error(read.problems.map((one) => one.message).join('; '));
  return read.value;
}

/** The steps of a job, those with these names only where names are given. */
export function stepsOf(
  workflow: Workflow,
  job: string,
  names?: readonly string[],
): readonly Step[] {
  const found = workflow.jobs.find((one) => one.id === job);
  if (found === undefined) throw new Error(`there is no job ${job}`);
  const steps = found.steps.filter(
    (one) => names === undefined || names.includes(one.name?.text ?? ''),
  );
  if (names !== undefined && steps.length !== names.length) throw new Error('a step is missing');
  return steps;
}

/** A folder with an `npm` that trades identities; node is the one of these tests. */
export function clientFolder(): string {
  const folder = temporaryFolder('clients');
  const npm = fileURLToPath(new URL('../node_modules/npm11/bin/npm-cli.js', import.meta.url));
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\nexec "${process.execPath}" "${npm}" "$@"\n`);
  chmodSync(join(folder, 'npm'), 0o755);
  return folder;
}

/** Runs what steps run, in order, up to the first that fails; steps that use an action are passed over. */
export async function runSteps(steps: readonly Step[], options: RunnerOptions): Promise<StepsRun> {
  const home = temporaryFolder('runner');
  const outputs: Record<string, string> = {};
  let text = '';
  for (const step of steps) {
    if (step.run === null) continue;
    const script = step.run.text;
    if (script.includes('${{')) throw new Error(`a step has an expression in its shell: ${script}`);
    const values = { ...options.values, ...outputs };
    if (step.condition !== null && !holds(step.condition.scalar.text, values)) continue;
    const env = Object.fromEntries(
      step.env.map((one) => [one.name, evaluate(one.value.text, values)]),
    );
    const output = join(home, 'output');
    writeFileSync(output, '');
    const done = await runScript(script, {
      cwd: options.cwd,
      env: {
        PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
        HOME: home,
        CI: 'true',
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(home, 'summary'),
        ...options.env,
        ...env,
      },
    });
    text += done.text;
    if (done.exit !== 0) return { exit: done.exit, text, outputs };
    for (const line of readFileSync(output, 'utf8').split('\n')) {
      const [name = '', ...rest] = line.split('=');
      if (name !== '') outputs[`steps.${step.id?.text ?? ''}.outputs.${name}`] = rest.join('=');
    }
  }
  return { exit: 0, text, outputs };
}

function evaluate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`nobody said what ${expression} is`);
    return value;
  });
}

/** `inputs.a != ''` and its opposite: what our own action asks. */
function holds(condition: string, values: Readonly<Record<string, string>>): boolean {
  const [, name = '', operator = ''] = /^(\S+) (!=|==) ''$/.exec(condition) ?? [];
  const value = values[name];
  if (value === undefined) throw new Error(`nobody said what ${condition} asks`);
  return operator === '!=' ? value !== '' : value === '';
}

function runScript(
  script: string,
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<{ exit: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ exit: number; text: string }>();
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  child.once('error', reject);
  child.once('close', (code) => resolve({ exit: code ?? 1, text }));
  return promise;
}
