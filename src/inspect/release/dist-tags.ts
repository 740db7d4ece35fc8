/** The packages of a release that are found through movable tags. */
import type { EcosystemRules } from '../../ecosystem/ecosystem.ts';
import type { ReleaseContext } from '../rule.ts';

/** A package of the release with its version as its registry spells it. */
export interface TaggedPackage {
  readonly ecosystem: string;
  readonly package: string;
  readonly version: string;
  readonly rules: EcosystemRules;
}

/** Declared packages of ecosystems that have dist-tags, each once. Throws `malformed-version` when
 * the release's version has no spelling there. */
export function inDistTagEcosystems({
  inputs,
  ecosystems,
}: ReleaseContext): readonly TaggedPackage[] {
  const packages = new Map<string, TaggedPackage>();
  for (const { ecosystem, package: name } of inputs.declared) {
    const rules = ecosystems(ecosystem);
    if (!rules.hasDistTags) continue;
    const version = rules.versionOf(inputs.version);
    packages.set(`${ecosystem}:${name}`, { ecosystem, package: name, version, rules });
  }
  return [...packages.values()];
}
