/** Where a text becomes code: `run`, and inputs of actions that run what they are given. */
import { usesName } from '../uses-reference.ts';
import { type Job, namedValue, type Step, type Workflow } from '../workflow.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';

export interface CodeText {
  readonly scalar: YamlScalar;
  /** Null for a language or shell that is not known here. */
  readonly language: Language | null;
}

export type Language = 'bash' | 'powershell' | 'javascript';

/** By the documentation of the actions. Names in lower case. */
const CODE_INPUTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['actions/github-script', ['script']],
  ['amadevus/pwsh-script', ['script']],
  ['appleboy/ssh-action', ['script']],
  ['azure/cli', ['inlinescript']],
  ['azure/powershell', ['inlinescript']],
  ['addnab/docker-run-action', ['run']],
  ['cardinalby/js-eval-action', ['expression']],
  ['coactions/setup-xvfb', ['run']],
  ['cross-platform-actions/action', ['run']],
  ['gabrielbb/xvfb-action', ['run']],
  ['jannekem/run-python-script-action', ['script']],
  ['mikefarah/yq', ['cmd']],
  ['nick-fields/retry', ['command']],
  ['nick-invision/retry', ['command']],
  ['reactivecircus/android-emulator-runner', ['script']],
  ['sergeysova/jq-action', ['cmd']],
  ['uraimo/run-on-arch-action', ['run', 'install']],
  ['vmactions/freebsd-vm', ['run', 'prepare']],
]);

/** The texts of a step that are run. */
export function* codeTexts(
  workflow: Workflow | null,
  job: Job | null,
  step: Step,
): Generator<CodeText> {
  if (step.run !== null) {
    yield { scalar: step.run, language: shellLanguage(workflow, job, step) };
  }
  if (step.uses === null) return;
  const name = usesName(step.uses.reference);
  for (const input of CODE_INPUTS.get(name) ?? []) {
    const scalar = namedValue(step.inputs, input);
    const language = name === 'actions/github-script' ? 'javascript' : null;
    if (scalar !== null) yield { scalar, language };
  }
}

/** The step's own shell, the default of job or workflow, or that of the runner. */
function shellLanguage(workflow: Workflow | null, job: Job | null, step: Step): Language | null {
  const written = step.shell ?? job?.defaultShell ?? workflow?.defaultShell ?? null;
  if (written !== null) return namedShell(written.text);
  const labels = job?.runsOn?.labels.map((one) => one.text.toLowerCase()) ?? [];
  if (labels.some((label) => label.includes('windows'))) return 'powershell';
  if (!labels.some((label) => label.includes('${{'))) return job === null ? null : 'bash';
  const { matrix } = job ?? {};
  if (matrix === null || matrix === undefined || workflow === null) return null;
  const values = workflow.source.text.slice(matrix.span.start, matrix.span.end).toLowerCase();
  return values.includes('windows') || values.includes('${{') ? null : 'bash';
}

/** `/usr/bin/bash -e {0}` is bash. */
function namedShell(text: string): Language | null {
  const program = text.trim().split(/\s+/, 1)[0]?.split(/[/\\]/).at(-1) ?? '';
  const name = program.toLowerCase().replace(/\.exe$/, '');
  if (name === 'bash' || name === 'sh') return 'bash';
  return name === 'pwsh' || name === 'powershell' ? 'powershell' : null;
}
