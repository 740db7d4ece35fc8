/** Which actions publish. Names in lower case; a condition on inputs where one decides. */
import { usesName } from '../uses-reference.ts';
import { namedValue, type Step } from '../workflow.ts';
import type { YamlScalar } from '../yaml/yaml-node.ts';
import type { ReadAct } from './publish-act.ts';

interface KnownAction {
  readonly name: string;
  readonly ecosystem: ReadAct['ecosystem'];
  /** The inputs that name the registry, the newest first. */
  readonly registryInputs?: readonly string[];
  /** Publishes only where this input is there and not `false`. */
  readonly onlyWith?: string;
  /** Publishes nothing where this input is `true`. */
  readonly unless?: string;
  /** Publishes where its input `command` is `publish`, `upload` or `release`. */
  readonly byCommand?: true;
  /** The inputs that name the folder or file, the newest first. */
  readonly artifactInputs?: readonly string[];
  /** It uploads files that were made before. */
  readonly takesFiles?: boolean;
}

const ACTIONS: readonly KnownAction[] = [
  {
    name: 'pypa/gh-action-pypi-publish',
    ecosystem: 'pypi',
    registryInputs: ['repository-url', 'repository_url'],
    artifactInputs: ['packages-dir', 'packages_dir'],
    takesFiles: true,
  },
  {
    name: 'js-devtools/npm-publish',
    ecosystem: 'npm',
    registryInputs: ['registry'],
    artifactInputs: ['package'],
    unless: 'dry-run',
  },
  { name: 'changesets/action', ecosystem: 'npm', onlyWith: 'publish' },
  { name: 'cycjimmy/semantic-release-action', ecosystem: 'npm', unless: 'dry_run' },
  { name: 'codfish/semantic-release-action', ecosystem: 'npm', unless: 'dry-run' },
  { name: 'ahmadnassri/action-semantic-release', ecosystem: 'npm' },
  { name: 'pascalgn/npm-publish-action', ecosystem: 'npm' },
  { name: 'mikeal/merge-release', ecosystem: 'npm' },
  { name: 'menduz/oddish-action', ecosystem: 'npm' },
  { name: 'primer/publish', ecosystem: 'npm' },
  { name: 'messense/maturin-action', ecosystem: 'pypi', byCommand: true },
  { name: 'pyo3/maturin-action', ecosystem: 'pypi', byCommand: true },
  { name: 'jrubics/poetry-publish', ecosystem: 'pypi' },
  { name: 'code-specialist/pypi-poetry-publish', ecosystem: 'pypi' },
  { name: 'casperdcl/deploy-pypi', ecosystem: 'pypi', onlyWith: 'upload' },
  { name: 'etils-actions/pypi-auto-publish', ecosystem: 'pypi' },
  { name: 'rubygems/release-gem', ecosystem: 'other' },
  { name: 'katyo/publish-crates', ecosystem: 'other', unless: 'dry-run' },
  { name: 'release-plz/action', ecosystem: 'other', byCommand: true },
  { name: 'marcoieni/release-plz-action', ecosystem: 'other', byCommand: true },
  { name: 'docker/build-push-action', ecosystem: 'other', onlyWith: 'push' },
  { name: 'haaleo/publish-vscode-extension', ecosystem: 'other', unless: 'dryRun' },
];

const BY_NAME = new Map(ACTIONS.map((action) => [action.name, action]));

/** What the step's action publishes, or null for nothing. */
export function publishAction(step: Step): ReadAct | null {
  const name = step.uses === null ? '' : usesName(step.uses.reference);
  const known = BY_NAME.get(name);
  if (known === undefined || !isPublishing(known, step)) return null;
  const artifact = firstInput(step, known.artifactInputs);
  const registry = firstInput(step, known.registryInputs);
  return {
    ecosystem: known.ecosystem,
    tool: name,
    kind: 'publish',
    artifact: artifact?.text ?? (known.takesFiles === true ? 'dist/' : null),
    registry: registry?.text ?? null,
  };
}

function firstInput(step: Step, names: readonly string[] = []): YamlScalar | null {
  for (const name of names) {
    const value = namedValue(step.inputs, name);
    if (value !== null) return value;
  }
  return null;
}

function isPublishing(known: KnownAction, step: Step): boolean {
  if (known.byCommand === true) {
    return /^(?:publish|upload|release)$/.test(
      namedValue(step.inputs, 'command')?.text.trim() ?? '',
    );
  }
  if (known.unless !== undefined && namedValue(step.inputs, known.unless)?.text === 'true')
    return false;
  if (known.onlyWith === undefined) return true;
  const value = namedValue(step.inputs, known.onlyWith)?.text.trim() ?? 'false';
  return value !== '' && value !== 'false';
}
