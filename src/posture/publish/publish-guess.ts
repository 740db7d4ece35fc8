/**
 * Acts behind a script or task runner that files do not show: a step that is given a registry's
 * secret and runs something called publish, release, deploy or upload.
 */
import { isRunToken, opensRegistry, stepSecrets } from '../secret-use.ts';
import type { ShellCommand } from '../shell-command.ts';
import { stepCommands } from '../step-command.ts';
import type { Step } from '../workflow.ts';
import type { ReadAct } from './publish-act.ts';

const NAMED = /(?:^|[-_:./=])(?:publish|release|deploy|upload)(?:[-_:.]|$)/i;
/** Programs that publish nothing to a package registry, whatever they are told. */
const OTHERS =
  /^(?:echo|printf|gh|git|cd|mkdir|cp|mv|rm|cat|test|\[|\[\[|export|curl|wget|jq|sed|grep|if|for|ls|chmod|pip|pip3|aws|gcloud|docker)$/;

/** The command that publishes, or null where none seems to. */
export function guessAct(
  step: Step,
): { readonly act: ReadAct; readonly command: ShellCommand } | null {
  if (step.run === null || step.env.length === 0) return null;
  const secret = stepSecrets(step).find((use) => !isRunToken(use.name) && opensRegistry(use));
  if (secret === undefined) return null;
  const command = stepCommands(step).find(
    ({ words: [program, ...rest] }) =>
      !OTHERS.test(program?.text ?? '') &&
      [program, ...rest].some((word) => NAMED.test(word?.text ?? '')) &&
      !rest.some((word) => /^(?:--dry-run|--help|install|ci)$/.test(word.text)),
  );
  if (command === undefined) return null;
  const name = `${secret.name} ${secret.target.toLowerCase()}`;
  const ecosystem = /npm|node_auth|yarn/.test(name)
    ? 'npm'
    : /pypi|twine|uv_|flit|poetry|hatch|pdm|maturin/.test(name)
      ? 'pypi'
      : 'other';
  const tool = command.words
    .slice(0, 3)
    .map((word) => word.text)
    .join(' ')
    .slice(0, 60);
  return { act: { ecosystem, tool, kind: 'publish', artifact: null, registry: null }, command };
}
