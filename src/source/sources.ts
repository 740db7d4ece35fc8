/** The port `Sources` over the system's git and Sigstore's own verifier. */
import { join } from 'node:path';
import type { Sha256 } from '../core/names.ts';
import type { Sources } from '../gateway/ports.ts';
import { createGitMirror, type MirrorLimits } from './git-mirror.ts';
import { createGitProcess } from './git-process.ts';
import { readSourceTree } from './git-tree.ts';
import { verifyProvenance } from './provenance.ts';
import { readTrustedRoot, type TrustedRootRead } from './trusted-root.ts';

export interface SourcesDeps {
  /** The data folder: mirrors lie in `mirrors`, trusted roots in `trusted-roots`. */
  readonly folder: string;
  /** PATH of the process, where git is found. */
  readonly path: string;
  readonly limits?: MirrorLimits;
}

/** Looks sources up. Opens nothing before it is asked. */
export function createSources({ folder, path, limits }: SourcesDeps): Sources {
  const git = createGitProcess({ path });
  const mirror = createGitMirror({
    git,
    folder: join(folder, 'mirrors'),
    ...(limits === undefined ? {} : { limits }),
  });
  const roots = new Map<Sha256 | null, TrustedRootRead>();

  async function rootOf(wanted: Sha256 | null): Promise<TrustedRootRead> {
    const known = roots.get(wanted);
    if (known !== undefined) return known;
    const root = await readTrustedRoot(join(folder, 'trusted-roots'), wanted);
    roots.set(wanted, root);
    return root;
  }

  return {
    tagAt: (url, tag) => mirror.tagAt(url, tag),
    branchesAt: (url, patterns) => mirror.branchesAt(url, patterns),
    resolve: (question) => mirror.resolve(question),
    tree: (url, commit, packages) => readSourceTree(git, mirror.folderOf(url), commit, packages),
    trustedRoot: (wanted) => rootOf(wanted),
    verify: async (attestation, artifact, wanted) =>
      verifyProvenance((await rootOf(wanted)).material, attestation, artifact),
  };
}
