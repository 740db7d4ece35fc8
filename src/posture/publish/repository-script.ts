/**
 * Scripts of the repository that a command starts: those of package.json by name, shell scripts by
 * path, targets of the Makefile. What they run counts as if it stood in the workflow.
 */
import type { RepositoryFile } from '../repository.ts';

/** Texts by what `startedScript` calls them. */
export type RepositoryScripts = ReadonlyMap<string, string>;

const PACKAGE_CLIENTS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const SHELLS = new Set(['bash', 'sh', 'zsh', 'dash', 'source', '.']);
const SHELL_SCRIPT = /\.(?:sh|bash)$/;
const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile'];
const MAKE_RULE = /^([A-Za-z0-9_.-]+(?:[ \t]+[A-Za-z0-9_.-]+)*)[ \t]*::?(?!=)[ \t]*([^#\n]*)/;

/** Every script of the repository that was read. */
export function repositoryScripts(files: readonly RepositoryFile[]): RepositoryScripts {
  const scripts = new Map<string, string>();
  const byPath = new Map(files.map((file) => [file.path, file.text]));
  for (const [name, text] of packageScripts(byPath.get('package.json') ?? '{}')) {
    scripts.set(`run ${name}`, text);
  }
  for (const { path, text } of files) {
    if (text !== null && SHELL_SCRIPT.test(path)) scripts.set(`file ${path}`, text);
  }
  const makefile = MAKEFILES.map((name) => byPath.get(name)).find((text) => text != null) ?? '';
  for (const [target, text] of makeTargets(makefile)) scripts.set(`make ${target}`, text);
  return scripts;
}

/** What the words start, by its key; null for a command that starts no script of the repository. */
export function startedScript(words: readonly string[]): string | null {
  const [program = '', ...rest] = words;
  const plain = rest.filter((word) => !word.startsWith('-'));
  if (PACKAGE_CLIENTS.has(program)) {
    const named = plain[0] === 'run' || plain[0] === 'run-script' ? plain[1] : plain[0];
    return named === undefined ? null : `run ${named}`;
  }
  if (program === 'make' || program === 'gmake') {
    const target = plain.find((word) => !word.includes('='));
    return target === undefined ? null : `make ${target}`;
  }
  const path = SHELLS.has(program) ? plain[0] : program;
  return path !== undefined && SHELL_SCRIPT.test(path) ? `file ${fromRoot(path)}` : null;
}

/** A run starts at the root, and says so in several ways. */
function fromRoot(path: string): string {
  return path
    .replace(
      /^(?:\$\{?GITHUB_WORKSPACE\}?|\$\{?CI_PROJECT_DIR\}?|\$\{\{ *github\.workspace *\}\})\//,
      '',
    )
    .replace(/^(?:\.\/)+/, '');
}

function packageScripts(text: string): readonly (readonly [string, string])[] {
  try {
    const { scripts } = JSON.parse(text) as { readonly scripts?: unknown };
    if (typeof scripts !== 'object' || scripts === null) return [];
    return Object.entries(scripts).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    );
  } catch {
    // a manifest that is no JSON runs no scripts
    return [];
  }
}

/** Recipes by target; what a target depends on is made first. Variables are not followed. */
function makeTargets(text: string): ReadonlyMap<string, string> {
  const recipes = new Map<string, string[]>();
  let current: readonly string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('\t')) {
      for (const target of current) recipes.get(target)?.push(line.trim().replace(/^[@+-]+/, ''));
      continue;
    }
    const [, targets, needs = ''] = MAKE_RULE.exec(line) ?? [];
    if (targets === undefined) continue;
    current = targets.split(/[ \t]+/);
    const made = needs.split(/[ \t]+/).filter((need) => /^[A-Za-z0-9_.-]+$/.test(need));
    for (const target of current) {
      const before = recipes.get(target) ?? [];
      recipes.set(target, [...before, ...made.map((need) => `make ${need}`)]);
    }
  }
  return new Map([...recipes].map(([target, lines]) => [target, lines.join('\n')]));
}
