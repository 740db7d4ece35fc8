import { quoteForeign } from '../../formats/text.ts';
import type { ArtifactRule } from '../rule.ts';
import { npmChange, npmFirst } from '../samples/sample-artifact.ts';

const FIELD = /^(?:dependencies|optionalDependencies)\.(.+)$/;
const ANY = /^\s*(?:\*|x|latest|next|>=?\s*[\d.]+)?\s*$/i;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'dependency-loosened',
  version: 1,
  category: 'change',
  severity: 'medium',
  effect: 'hold',
  about: 'A dependency of which any later version will do, majors too, where a range stood before',
  attack:
    'Whoever takes over the dependency later is installed at once, with no release of this package: the second step of @mastra: 144 packages (I52)',
  mend: 'Write a range that ends below the next major, such as ^1.2.3',
  *check({ tree, change }) {
    if (tree.layout !== 'npm') return;
    const path = tree.byPlace.get('package.json')?.path;
    for (const [fact, range] of tree.facts) {
      const name = FIELD.exec(fact)?.[1];
      if (name === undefined || !ANY.test(range)) continue;
      const before = change?.before.facts.find((one) => one.name === fact)?.value;
      const isNew = before !== undefined && !ANY.test(before);
      yield {
        message: isNew
          ? `any version of ${quoteForeign(name)} will do (${quoteForeign(range)}), before it was ${quoteForeign(before)}`
          : `any version of ${quoteForeign(name)} will do (${quoteForeign(range)})`,
        subject: fact,
        ...(isNew ? {} : { effect: 'note', severity: 'low' }),
        ...(path === undefined ? {} : { path }),
      };
    }
  },
  examples: {
    bad: [
      {
        about: 'a range that became any version',
        make: () => npmChange([{ dependencies: { a: '^1.0.0' } }], [{ dependencies: { a: '*' } }]),
      },
      {
        about: 'a range without an end',
        make: () => npmChange([{ dependencies: { a: '1.x' } }], [{ dependencies: { a: '>=1.0' } }]),
      },
    ],
    fine: [
      {
        about: 'ranges with an end',
        make: () => npmFirst({ dependencies: { a: '^1.0.0', b: '>=1 <2', c: '~2.0.0' } }),
      },
    ],
  },
};
