import { isCountersignError } from '../../core/errors.ts';
import { checkTag } from '../../core/tag-filter.ts';
import { quoteForeign } from '../../formats/text.ts';
import type { ArtifactFacts, ReleaseContext, ReleaseProblem, ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'tag-equals-version',
  version: 1,
  category: 'release',
  severity: 'high',
  effect: 'reject',
  about: 'Tag, release and every artifact name the same version, each as its registry spells it',
  attack:
    'Reviewed source of one version is tagged, and a package of another version goes out under that review',
  mend: "Set the version in the package's own metadata to the tag's, build again and upload that",
  *check(context) {
    const { inputs, artifacts } = context;
    const named = checkTag(inputs.tag, { tag: '**' });
    if (named.ok && named.version !== inputs.version) {
      yield {
        subject: inputs.tag,
        message: `the tag names version ${named.version}, the release was opened as ${quoteForeign(inputs.version)}`,
      };
    }
    for (const artifact of artifacts) yield* checkArtifact(artifact, context);
  },
  examples: {
    bad: [
      {
        about: 'a package of version 1.2.4 under the tag v1.2.3',
        make: () =>
          sampleRelease({
            artifacts: (sample) => sample.map((one) => ({ ...one, version: '1.2.4' })),
          }),
      },
      {
        about: 'a file name that says 1.2.3 around metadata that says 1.2.4',
        make: () =>
          sampleRelease({
            artifacts: (sample) =>
              sample.map((one) => ({
                ...one,
                description: one.description && { ...one.description, version: '1.2.4' },
              })),
          }),
      },
      {
        about: 'a release opened as 1.2.3 under the tag v1.2.4',
        make: () => sampleRelease({ inputs: { tag: 'v1.2.4' } }),
      },
      {
        about: 'a prerelease that PyPI has no spelling for',
        make: () => sampleRelease({ version: '1.2.3-canary.1' }),
      },
    ],
    fine: [
      { about: 'one version everywhere', make: () => sampleRelease() },
      { about: 'a release candidate', make: () => sampleRelease({ version: '1.2.3-rc.1' }) },
    ],
  },
};

function* checkArtifact(
  artifact: ArtifactFacts,
  { inputs, ecosystems }: ReleaseContext,
): Iterable<ReleaseProblem> {
  const { ecosystem, file } = artifact;
  const rules = ecosystems(ecosystem);
  const expected = spelling(() => rules.versionOf(inputs.version));
  if (!expected.ok) {
    yield { subject: file, file, message: `has no ${ecosystem} version: ${expected.reason}` };
    return;
  }
  const found = new Set([artifact.version, artifact.description?.version ?? artifact.version]);
  for (const version of found) {
    const read = spelling(() => rules.normalizeVersion(version));
    if (read.ok && read.version === rules.normalizeVersion(expected.version)) continue;
    yield {
      subject: file,
      file,
      message: `expected version ${expected.version} as the release says, found ${quoteForeign(version)}`,
    };
  }
}

/** A version that its ecosystem does not have is an answer here; anything else stays an error. */
function spelling(
  read: () => string,
):
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly reason: string } {
  try {
    return { ok: true, version: read() };
  } catch (error) {
    if (!isCountersignError(error) || error.code !== 'malformed-version') throw error;
    return { ok: false, reason: error.message };
  }
}
