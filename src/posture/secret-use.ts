/** Which secrets a job reads, and where it is given them. */
import { contextPaths, embeddedExpressions } from './expression.ts';
import type { Span } from './source-text.ts';
import type { Job, NamedValue, Step, Workflow } from './workflow.ts';
import type { YamlScalar } from './yaml/yaml-node.ts';

export interface SecretUse {
  /** In lower case, as names do not tell case apart; `*` for the whole context. */
  readonly name: string;
  /** The environment variable, input or secret that takes it; '' where it stands in other text. */
  readonly target: string;
  readonly level: 'workflow' | 'job' | 'step' | 'call';
  readonly step: Step | null;
  readonly scalar: YamlScalar;
  readonly span: Span;
}

/** What a secret is called when it opens a package registry. */
const REGISTRY_SECRET =
  /(?:^|_)(?:npm|npmjs|node_auth|yarn_npm|pnpm|pypi|testpypi|twine|uv_publish|flit|poetry|hatch_index|rubygems|gem_host|cargo_registry|crates|crates_io|nuget|vsce|ovsx)(?:_|$)/;

/** Environment variables that clients take a registry's password or token from. */
const REGISTRY_VARIABLE =
  /^(?:node_auth_token|npm_token|npm_config_.*_authtoken|npm_auth_token|yarn_npm_auth_token|twine_password|uv_publish_token|uv_publish_password|pdm_publish_password|poetry_pypi_token_.*|poetry_http_basic_.*_password|flit_password|hatch_index_auth|maturin_pypi_token|cargo_registry_token|gem_host_api_key)$/;

/** Whether a secret is called as one that opens a package registry. */
export function isRegistrySecret(name: string): boolean {
  return REGISTRY_SECRET.test(name.toLowerCase());
}

/** Every secret that reaches the job: by its workflow's and its own environment, steps, and calls. */
export function secretUses(workflow: Workflow, job: Job): readonly SecretUse[] {
  const { call } = job;
  const passed =
    call === null ? [] : [...call.inputs, ...(call.secrets === 'inherit' ? [] : call.secrets)];
  return [
    ...ofValues(workflow.env, 'workflow', null),
    ...ofValues(job.env, 'job', null),
    ...ofValues(passed, 'call', null),
    ...ofValues(job.container?.credentials ?? [], 'job', null),
    ...job.steps.flatMap(stepSecrets),
  ];
}

/** Every secret that one step is given by itself. */
export function stepSecrets(step: Step): readonly SecretUse[] {
  const scripts = [step.run, step.condition?.scalar ?? null].flatMap((scalar) =>
    scalar === null ? [] : [...ofScalar(scalar, '', 'step', step)],
  );
  return [...ofValues(step.env, 'step', step), ...ofValues(step.inputs, 'step', step), ...scripts];
}

function ofValues(
  values: readonly NamedValue[],
  level: SecretUse['level'],
  step: Step | null,
): readonly SecretUse[] {
  return values.flatMap(({ name, value }) => [...ofScalar(value, name, level, step)]);
}

function* ofScalar(
  scalar: YamlScalar,
  target: string,
  level: SecretUse['level'],
  step: Step | null,
): Generator<SecretUse> {
  if (!scalar.text.includes('secrets')) return;
  for (const { tree } of embeddedExpressions(scalar.text)) {
    for (const path of contextPaths(tree)) {
      const [root, name = '*'] = path.split('.');
      if (root !== 'secrets') continue;
      yield { name: name === '[]' ? '*' : name, target, level, step, scalar, span: scalar.span };
    }
  }
}

/** Whether it is the token that the forge makes for the run. */
export function isRunToken(name: string): boolean {
  return name === 'github_token' || name === 'ci_job_token';
}

/** Whether it seems to open a registry: by its name, or by the variable that takes it. */
export function opensRegistry(use: SecretUse): boolean {
  if (isRunToken(use.name)) return REGISTRY_VARIABLE.test(use.target.toLowerCase());
  return REGISTRY_SECRET.test(use.name) || REGISTRY_VARIABLE.test(use.target.toLowerCase());
}
