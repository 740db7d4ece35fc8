/** Which files a pipeline includes. Source: GitLab documentation, "CI/CD YAML syntax reference", `include`. */

import { asScalar, valueAt, type YamlNode, type YamlScalar } from '../yaml/yaml-node.ts';
import type { Include } from './pipeline.ts';

/** Reads the value of `include`, of the whole file or of a `trigger`. None for what is neither text nor map. */
export function readIncludes(node: YamlNode | null): readonly Include[] {
  const items = node?.kind === 'list' ? node.items : node === null ? [] : [node];
  return items.flatMap(readInclude);
}

function readInclude(node: YamlNode): readonly Include[] {
  const word = asScalar(node);
  if (word !== null) return [include(/^https?:/i.test(word.text) ? 'remote' : 'local', word)];
  const project = asScalar(valueAt(node, 'project'));
  // `project` stands with `file`, which names a file of that project
  if (project !== null) {
    return [{ ...include('project', project), ref: asScalar(valueAt(node, 'ref')) }];
  }
  const kinds = ['local', 'remote', 'template', 'component', 'artifact'] as const;
  return kinds.flatMap((kind) => {
    const name = asScalar(valueAt(node, kind));
    if (name === null) return [];
    return [{ ...include(kind, name), integrity: asScalar(valueAt(node, 'integrity')) }];
  });
}

function include(kind: Include['kind'], name: YamlScalar): Include {
  return { kind, name, ref: null, integrity: null };
}

/** Folders of a pattern with wildcards. */
const PATTERN_PARTS_MAX = 16;

/**
 * The paths that a local include names, in their order, where `*` is any part of a name and `**` any
 * folders. None where the name has a variable, or more folders than anybody has.
 */
export function localPaths(pattern: string, paths: ReadonlySet<string>): readonly string[] {
  const name = pattern.trim().replace(/^\.?\/+/, '');
  if (!name.includes('*')) return paths.has(name) ? [name] : [];
  const parts = name.split('/').filter((part) => part !== '');
  if (parts.length > PATTERN_PARTS_MAX) return [];
  return [...paths].filter((path) => fits(parts, path.split('/')));
}

/** By positions that the pattern can stand at, so that no pattern takes longer than its length times the path's. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  let open = new Set([0]);
  for (const part of path) {
    const next = new Set<number>();
    for (const at of withFolders(pattern, open)) {
      if (pattern[at] === '**') next.add(at);
      else if (pattern[at] !== undefined && fitsName(pattern[at], part)) next.add(at + 1);
    }
    open = next;
  }
  return withFolders(pattern, open).has(pattern.length);
}

/** `**` may also be no folder at all. */
function withFolders(pattern: readonly string[], open: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(open);
  for (const at of all) if (pattern[at] === '**') all.add(at + 1);
  return all;
}

function fitsName(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return first === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
