/** Which secrets open the registry that an act goes to. */
import { embeddedExpressions } from '../expression.ts';
import { opensRegistry, type SecretUse, secretUses } from '../secret-use.ts';
import type { SourceText, Span } from '../source-text.ts';
import { placeInScalar } from '../yaml/scalar-place.ts';
import type { PublishAct } from './publish-act.ts';
import type { JobPower } from './publish-path.ts';

const OF_NPM = /npm|node_auth|yarn|pnpm/;
const OF_PYPI = /pypi|twine|uv_publish|flit|poetry|hatch|pdm|maturin/;
/** Inputs of publishing actions that take the password. */
const PASSWORD_INPUT =
  /^(?:password|token|(?:npm|pypi|registry|auth|api|node)[-_]?(?:auth[-_]?)?token|pypi_password)$/;

/** Secrets that the client finds when the act happens: by its step, its job, or a file written before. */
export function publishSecrets(power: JobPower, act: PublishAct): readonly SecretUse[] {
  return secretUses(power.workflow, power.job).filter((use) => {
    if (use.level === 'call' || !reaches(use, act, power)) return false;
    const isPassword =
      use.step === act.step && PASSWORD_INPUT.test(use.target.toLowerCase()) && !act.step.run;
    return isPassword || (opensRegistry(use) && isOf(act, use));
  });
}

function reaches({ level, step }: SecretUse, act: PublishAct, { job }: JobPower): boolean {
  if (level !== 'step' || step === act.step) return true;
  // a login that a step before wrote down; the lines of a pipeline are of one shell
  const text = step?.run?.text ?? '';
  const isKept = job.pipeline !== null && /^\s*export\s/m.test(text);
  return (
    step !== null &&
    step.index < act.step.index &&
    (isKept || /_authToken|\.npmrc|\.pypirc|config set|login/.test(text))
  );
}

function isOf(act: PublishAct, use: SecretUse): boolean {
  const text = `${use.name} ${use.target.toLowerCase()}`;
  if (act.ecosystem === 'npm') return OF_NPM.test(text);
  if (act.ecosystem === 'pypi') return OF_PYPI.test(text);
  return !OF_NPM.test(text) && !OF_PYPI.test(text);
}

/** The forge's own token, or a person's token for the forge, by its name. */
export function isForgeToken(name: string): boolean {
  return /^(?:github_token|ci_job_token)$|(?:^|_)(?:gh|github|git|gitlab|cr|ghcr)_?(?:pat|token|access_token)$|(?:^|_)(?:pat|personal_access_token)$|^(?:gh|github)_(?:pat|token)_|_gh_pat$/.test(
    name,
  );
}

/** Where the expression that reads the secret stands. */
export function secretPlace(source: SourceText, use: SecretUse): Span {
  for (const { index, length, inner } of embeddedExpressions(use.scalar.text)) {
    if (use.name !== '*' && !inner.toLowerCase().includes(use.name)) continue;
    return placeInScalar(source, use.scalar, index, length);
  }
  return use.span;
}
