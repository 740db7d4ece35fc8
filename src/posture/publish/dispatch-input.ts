/** What people type when they start a workflow by hand, and where it is used. */
import { contextPaths, embeddedExpressions } from '../expression.ts';
import type { Input, Job, NamedValue, Step, Workflow } from '../workflow.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

/** The inputs of `workflow_dispatch` that take any text. */
export function freeInputs(workflow: Workflow): readonly Input[] {
  const dispatch = workflow.triggers.find(({ event }) => event === 'workflow_dispatch');
  return (dispatch?.inputs ?? []).filter(
    ({ type, options }) => (type === null || type === 'string') && options.length === 0,
  );
}

/** Whether a text reads the input, with or without braces around. */
export function readsInput(text: string, name: string): boolean {
  if (!text.includes('inputs')) return false;
  const wanted = name.toLowerCase();
  const paths = embeddedExpressions(text).flatMap(({ tree }) => contextPaths(tree));
  return paths.some(
    (path) => path === `inputs.${wanted}` || path === `github.event.inputs.${wanted}`,
  );
}

function given(values: readonly NamedValue[], name: string): readonly string[] {
  return values.filter((one) => readsInput(one.value.text, name)).map((one) => one.name);
}

/** Whether somebody compares the input with something before the job goes on. */
export function isCompared(workflow: Workflow, jobs: Iterable<Job>, name: string): boolean {
  const outer = given(workflow.env, name);
  for (const job of jobs) {
    const inherited = [...outer, ...given(job.env, name)];
    if (job.condition !== null && compares(job.condition.scalar, name)) return true;
    if (job.steps.some((step) => stepCompares(step, inherited, name))) return true;
  }
  return false;
}

function compares(condition: YamlScalar, name: string): boolean {
  const text = condition.text.toLowerCase();
  return text.includes(`inputs.${name.toLowerCase()}`) && /==|!=|contains|startswith/.test(text);
}

const COMPARISON =
  /=~|\bgrep\b|\bexit [1-9]|\btest\b|\[\[?\s|\bcase\b|semver|assert|\bthrow\b|setFailed/;

function stepCompares(step: Step, inherited: readonly string[], name: string): boolean {
  if (step.condition !== null && compares(step.condition.scalar, name)) return true;
  const text = step.run?.text ?? step.inputs.find((one) => one.name === 'script')?.value.text ?? '';
  if (!COMPARISON.test(text)) return false;
  if (readsInput(text, name)) return true;
  return [...inherited, ...given(step.env, name)].some((variable) => text.includes(variable));
}
