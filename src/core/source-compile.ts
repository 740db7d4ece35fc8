/** The parts of a project's rules that say where its source lies and what must attest to it. */
import { isCountersignError } from './errors.ts';
import { readMirrorAddress } from './git-names.ts';
import { isSha256 } from './names.ts';
import type { ProjectProvenance, ProjectSource } from './policy.ts';
import type { ProvenanceConfig, RefuseRules, SourceConfig } from './policy-config.ts';
import { matchesTagFilter } from './tag-filter.ts';

/** `source` of a project, with its defaults. Throws through `refuse` for an address that git must
 * not be given, and for patterns that are none. */
export function compileSource(
  config: SourceConfig,
  project: string,
  refuse: RefuseRules,
): ProjectSource {
  const path = ['projects', project, 'source'] as const;
  const address = readMirrorAddress(config.remote);
  if (address.kind === 'refused') {
    refuse({ path: [...path, 'remote'], message: address.problem, hint: address.hint });
  }
  const outputs = config.outputs ?? [];
  config.branches.forEach((one, index) => {
    requirePattern(one, [...path, 'branches', index], refuse);
  });
  outputs.forEach((one, index) => {
    requirePattern(one, [...path, 'outputs', index], refuse);
  });
  return { remote: address.url, branches: config.branches, outputs };
}

function requirePattern(
  pattern: string,
  path: readonly (string | number)[],
  refuse: RefuseRules,
): void {
  try {
    matchesTagFilter(pattern, 'main');
  } catch (error) {
    if (!isCountersignError(error)) throw error;
    refuse({ path, message: `expected a pattern such as release/*, found ${pattern}` });
  }
}

/** `provenance` of a project, with its defaults. */
export function compileProvenance(
  config: ProvenanceConfig,
  project: string,
  refuse: RefuseRules,
): ProjectProvenance {
  const root = config['trusted-root'] ?? null;
  if (root !== null && !isSha256(root)) {
    return refuse({
      path: ['projects', project, 'provenance', 'trusted-root'],
      message:
        'expected the SHA-256 of a trusted root in 64 lower-case hexadecimal digits, found other text',
      hint: 'sha256sum trusted_root.json; the file goes into the folder trusted-roots of the data folder',
    });
  }
  return {
    attestations: config.attestations ?? 'optional',
    forward: config.forward ?? 'never',
    trustedRoot: root,
  };
}
