import { quoteForeign } from '../../formats/text.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst } from '../samples/sample-artifact.ts';

const FIELDS = ['license', 'license-expression'];

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'licence-changed',
  version: 1,
  category: 'change',
  severity: 'medium',
  effect: 'hold',
  about: 'The package is under another licence than the version before',
  attack:
    'Everyone who updates is bound by other terms without noticing; whoever may upload need not be who may decide that, as with @ledgerhq/connect-kit 1.1.5..1.1.7, published by a former member (I12)',
  mend: 'Ask whoever holds the rights; a change belongs in a major version and in the changelog',
  *check({ tree, change }) {
    if (change === null) return;
    const licenceOf = (facts: ReadonlyMap<string, string>) =>
      FIELDS.map((field) => facts.get(field)).find((one) => one !== undefined) ?? 'none';
    const before = licenceOf(new Map(change.before.facts.map((one) => [one.name, one.value])));
    const after = licenceOf(tree.facts);
    if (before === after) return;
    yield { message: `the licence is ${quoteForeign(after)}, it was ${quoteForeign(before)}` };
  },
  examples: {
    bad: [
      {
        about: 'another licence',
        make: () => npmChange([{ license: 'MIT' }], [{ license: 'BUSL-1.1' }]),
      },
      {
        about: 'no licence any more',
        make: () => npmChange([{ license: 'MIT' }], [{ license: undefined }]),
      },
    ],
    fine: [
      { about: 'the same', make: () => npmChange([{ license: 'MIT' }], [{ license: 'MIT' }]) },
      { about: 'a first release', make: () => npmFirst({ license: 'MIT' }) },
    ],
  },
};
