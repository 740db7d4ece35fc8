import { inDistTagEcosystems } from '../release/dist-tags.ts';
import type { ReleaseRule } from '../rule.ts';
import { sampleRelease } from '../samples/sample-release.ts';

export const rule: ReleaseRule = {
  kind: 'release',
  id: 'prerelease-needs-dist-tag',
  version: 1,
  category: 'release',
  severity: 'medium',
  effect: 'reject',
  about: 'A prerelease says which dist-tag it goes to',
  attack: 'Without a dist-tag the registry makes the prerelease latest',
  mend: 'Run the command in the message, with the dist-tag you want',
  *check(context) {
    const { inputs } = context;
    if (inputs.distTag !== null) return;
    for (const { ecosystem, package: name, version, rules } of inDistTagEcosystems(context)) {
      if (!rules.isPrerelease(version)) continue;
      yield {
        subject: `${ecosystem}:${name}`,
        message: `${name} ${version} is a prerelease without a dist-tag; run: countersign release open --project ${word(inputs.project, 'PROJECT')} --tag ${word(inputs.tag, 'TAG')} --dist-tag next`,
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a release candidate without a dist-tag',
        make: () => sampleRelease({ version: '1.3.0-rc.1' }),
      },
    ],
    fine: [
      {
        about: 'a release candidate for next',
        make: () => sampleRelease({ version: '1.3.0-rc.1', inputs: { distTag: 'next' } }),
      },
      { about: 'a final version without a dist-tag', make: () => sampleRelease() },
      {
        about: 'a prerelease where the registry has no dist-tags',
        make: () => {
          const sample = sampleRelease({ version: '1.3.0-rc.1' });
          const declared = sample.inputs.declared.filter((one) => one.ecosystem === 'pypi');
          return { ...sample, inputs: { ...sample.inputs, declared } };
        },
      },
    ],
  },
};

/** People paste the command: what a shell would read as more than one word stays out of it. */
function word(text: string, placeholder: string): string {
  return /^[A-Za-z0-9@/._+-]{1,255}$/.test(text) ? text : placeholder;
}
