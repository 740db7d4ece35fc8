/** Rules for ids of keys: alone they open nothing, with their secret beside them they open all. */

import { looksRandom } from '../look-alikes/randomness.ts';
import type { SecretRule } from '../rule.ts';
import { defineToken, type TokenDefinition } from './define.ts';
import { type Part, patternOf, run, sampleOf, sizeOf } from './token-form.ts';

/** An id with its public prefix, and how its secret is written. */
export interface PairedIdDefinition
  extends Pick<TokenDefinition, 'id' | 'title' | 'about' | 'family'> {
  readonly prefix: string;
  readonly rest: Part;
  readonly secret: ReturnType<typeof run>;
}

/** A rule for an id: plausible when something random of the form of its secret is near. */
export function definePairedId(definition: PairedIdDefinition): SecretRule {
  const { prefix, rest, secret, ...texts } = definition;
  const { alphabet } = secret;
  const single = patternOf([run(alphabet, 1)]).replace(/\(\?<random>(.*)\)/, '$1');
  const near = new RegExp(`(?<!${single})${patternOf([secret])}(?!${single})`, 'g');
  const rule = defineToken({
    ...texts,
    forms: [[prefix, rest]],
    judge(_, { before, after }) {
      const found = [...`${before}\n${after}`.matchAll(near)].some(([one]) =>
        looksRandom(one, sizeOf(alphabet)),
      );
      return found
        ? { confidence: 'plausible', reason: 'what looks like its secret is near' }
        : { confidence: 'weak', reason: 'no secret is near; the id alone opens nothing' };
    },
  });
  const example = (): string => prefix + sampleOf([rest], definition.id);
  const other = (): string => sampleOf([secret], `${definition.id} secret`);
  return {
    ...rule,
    examples: {
      ...rule.examples,
      bad: [
        {
          about: 'an id with its secret after it',
          make: () => `id = "${example()}"\nsecret = "${other()}"\n`,
        },
        {
          about: 'an id with its secret before it',
          make: () => `{ secret: "${other()}", id: "${example()}" }`,
        },
      ],
    },
  };
}
