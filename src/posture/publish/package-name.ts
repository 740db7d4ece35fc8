/** The packages of a repository, by its manifests, and which of them an act publishes. */
import { normalizeProjectName } from '../../formats/python-filename.ts';
import type { GatedPackage, RepositoryFile } from '../repository.ts';
import type { AuditContext } from '../rule.ts';
import type { PublishAct } from './publish-act.ts';

export interface RepositoryPackage {
  readonly ecosystem: 'npm' | 'pypi';
  readonly name: string;
  /** The folder of its manifest; '' for the root. */
  readonly folder: string;
  /** Marked as private: clients refuse to publish it. */
  readonly isPrivate: boolean;
}

const MANIFEST = /^(?:(.*)\/)?(package\.json|pyproject\.toml)$/;
/** Manifests that come with dependencies or belong to tests. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|testdata|fixtures?|examples?|templates?|__fixtures__)\//;
const MANIFESTS_MAX = 2_000;

const known = new WeakMap<AuditContext['files'], readonly RepositoryPackage[]>();

/** Every package of the repository that has a name, in order of path. */
export function repositoryPackages(context: AuditContext): readonly RepositoryPackage[] {
  const before = known.get(context.files);
  if (before !== undefined) return before;
  const found: RepositoryPackage[] = [];
  for (const file of context.files.values()) {
    if (found.length >= MANIFESTS_MAX) break;
    const one = readManifest(file);
    if (one !== null) found.push(one);
  }
  const sorted = found.toSorted((left, right) => (left.folder < right.folder ? -1 : 1));
  known.set(context.files, sorted);
  return sorted;
}

function readManifest({ path, text }: RepositoryFile): RepositoryPackage | null {
  const match = MANIFEST.exec(path);
  if (match === null || text === null || FOREIGN.test(path)) return null;
  const folder = match[1] ?? '';
  if (match[2] === 'package.json') return readPackageJson(text, folder);
  const name = projectName(text);
  return name === null ? null : { ecosystem: 'pypi', name, folder, isPrivate: false };
}

function readPackageJson(text: string, folder: string): RepositoryPackage | null {
  try {
    const { name, private: isPrivate } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string' || name === '') return null;
    return { ecosystem: 'npm', name, folder, isPrivate: isPrivate === true };
  } catch {
    // a manifest that is no JSON names no package
    return null;
  }
}

/** `name` of the table `project` or `tool.poetry`, without a reader of the whole language. */
function projectName(text: string): string | null {
  let table = '';
  for (const line of text.split('\n')) {
    const header = /^\s*\[([^[\]]+)\]/.exec(line);
    if (header !== null) table = (header[1] ?? '').replaceAll(/[\s"']/g, '');
    if (table !== 'project' && table !== 'tool.poetry') continue;
    const name = /^\s*name\s*=\s*["']([^"']+)["']/.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

/**
 * The gated packages that the act publishes, as far as files tell: those of the step's folder; all
 * of the ecosystem where the folder names none.
 */
export function gatedPackages(context: AuditContext, act: PublishAct): readonly GatedPackage[] {
  const gated = (context.gateway?.packages ?? []).filter((one) => one.ecosystem === act.ecosystem);
  if (gated.length === 0) return [];
  const folder = (act.step.workingDirectory?.text ?? '').replace(/^\.\/|\/+$/g, '');
  const all = repositoryPackages(context).filter((one) => one.ecosystem === act.ecosystem);
  const here = all.find((one) => one.folder === (folder === '.' ? '' : folder));
  if (here === undefined || here.isPrivate) return gated;
  return gated.filter((one) => isSameName(act.ecosystem, one.name, here.name));
}

/** PyPI's names do not tell case and separators apart (PEP 503). */
function isSameName(ecosystem: string, left: string, right: string): boolean {
  if (ecosystem !== 'pypi') return left === right;
  return normalizeProjectName(left) === normalizeProjectName(right);
}
