/** Whether somebody compares the tag with the version of the package before it is published. */
import type { AuditContext } from '../rule.ts';
import { usesName } from '../uses-reference.ts';
import type { Job, Step, Workflow } from '../workflow.ts';

const READS_TAG =
  /GITHUB_REF(?:_NAME)?\b|CI_COMMIT_(?:TAG|REF_NAME)\b|github\.ref(?:_name)?\b|tag_name|refs\/tags|git describe|(?:inputs|event\.inputs|outputs)\.(?:tag|version)|\bTAG\b|RELEASE_(?:TAG|VERSION)/;
const READS_VERSION =
  /version|package\.json|pyproject|__about__|Cargo\.toml|setup\.(?:py|cfg)|\bnpm pkg\b/i;
/** A pattern of a whole version in a script. */
const PATTERN = /\[0-9\]\+?\\?\.|\\d\+?\\?\.|semver/;
/** Build back ends that take the version from the tag. */
const VERSION_FROM_TAG =
  /setuptools[-_]scm|hatch-vcs|versioningit|dunamai|poetry-dynamic-versioning|versioneer|pbr\b|flit_scm|source\s*=\s*["'](?:scm|vcs)["']|setuptools-git-versioning|uv-dynamic-versioning/;
/** Tools that set the tag themselves, after they have set the version. */
const TAGS_ITSELF =
  /semantic-release|changeset|lerna|release-it|^np$|auto shipit|beachball|release-plz|nx release|merge-release/;

/** Whether the tool makes the tag of what it publishes. */
export function tagsItself(tool: string): boolean {
  return TAGS_ITSELF.test(tool);
}

/** Whether a job of the workflow compares tag and version, or takes the version from the tag. */
export function checksTag(context: AuditContext, workflow: Workflow, jobs: Iterable<Job>): boolean {
  for (const name of ['pyproject.toml', 'setup.cfg', 'setup.py']) {
    if (VERSION_FROM_TAG.test(context.files.get(name)?.text ?? '')) return true;
  }
  for (const job of jobs) {
    const given = [...workflow.env, ...job.env]
      .map((one) => `${one.name} ${one.value.text}`)
      .join('\n');
    if (job.steps.some((step) => stepChecks(step, given))) return true;
    if (/version|tag/.test(job.call?.uses.scalar.text ?? '')) return true;
  }
  return false;
}

function stepChecks(step: Step, given: string): boolean {
  const name = step.uses === null ? '' : usesName(step.uses.reference);
  if (/(?:check|verify|match|validate)[-_]?(?:tag|version)|tag[-_]version/.test(name)) return true;
  if (step.run === null) return false;
  const env = step.env.map((one) => `${one.name} ${one.value.text}`).join('\n');
  const text = `${step.run.text}\n${env}`;
  const readsTag =
    READS_TAG.test(text) || (/\$\{?[A-Z_]*(?:TAG|VERSION|REF)/.test(text) && READS_TAG.test(given));
  return readsTag && (READS_VERSION.test(step.run.text) || PATTERN.test(step.run.text));
}
