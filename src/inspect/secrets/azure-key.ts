/** Rules for the keys that Microsoft marks: a literal at a fixed place, and Marvin32 at the end. */

import type { SecretRule } from '../rule.ts';
import { signAzureKey, signCommonKey } from '../secret-format/marvin.ts';
import { defineInfixToken, type InfixDefinition } from './define.ts';
import { type Part, run } from './token-form.ts';

type Texts = Pick<InfixDefinition, 'id' | 'title' | 'about' | 'severity' | 'attack' | 'mend'>;

/** What is around the mark, by the length of the key in bytes. */
const SHAPES = {
  32: [run('base64', 33), run('aToPCapital', 1), run('base64', 5), '='],
  39: [run('base64', 42), run('aToPCapital', 1), run('base64', 5), ''],
  40: [run('base64Url', 44), run('base64Url', 5), ['A', 'Q', 'g', 'w'], '=='],
  64: [run('base64', 76), run('base64', 5), ['A', 'Q', 'g', 'w'], '=='],
} as const satisfies Readonly<Record<number, readonly Part[]>>;

/** An identifiable key: `mark` stands ten characters before its end, `seeds` are those of its kinds
 * of key, as eight ASCII characters each. */
export interface AzureKeyDefinition extends Texts {
  readonly bytes: 32 | 39 | 40 | 64;
  readonly mark: string;
  readonly seeds: readonly string[];
}

/** A rule for one kind of identifiable key of Azure. */
export function defineAzureKey({ bytes, mark, seeds, ...texts }: AzureKeyDefinition): SecretRule {
  const [head, ...tail] = SHAPES[bytes];
  const numbers = seeds.map((seed) => Buffer.from(seed, 'latin1').readBigUInt64BE());
  return defineInfixToken({
    ...texts,
    family: 'clouds',
    head: [head],
    infix: mark,
    tail: tail.filter((part) => part !== ''),
    ...(seeds.length === 0 ? {} : { sign: (key: string) => signAzureKey(key, numbers) }),
  });
}

/** The start of a common annotated key, standard, derived or hashed. */
const COMMON_MARKS = ['JQQJ99', 'JQQJ9D', 'JQQJ9H'];

/** A common annotated key: 84 characters with its provider's four at a fixed place. */
export interface CommonKeyDefinition extends Texts {
  readonly family: InfixDefinition['family'];
  readonly provider: string;
}

/** A rule for the common annotated keys of one provider. */
export function defineCommonKey({ provider, ...texts }: CommonKeyDefinition): SecretRule {
  return defineInfixToken({
    ...texts,
    head: [run('alnum', 52)],
    infix: COMMON_MARKS,
    tail: [run('alnum', 18), provider, run('alnum', 4)],
    sign: signCommonKey,
  });
}

/** A rule for the common annotated keys of all providers but those with a rule of their own. */
export function defineOtherCommonKey(texts: Texts, others: readonly string[]): SecretRule {
  const rule = defineInfixToken({
    ...texts,
    family: 'clouds',
    head: [run('alnum', 52)],
    infix: COMMON_MARKS,
    tail: [run('alnum', 26)],
    sign: signCommonKey,
  });
  return {
    ...rule,
    verify: (match) => (others.includes(match.text.slice(24, 28)) ? null : rule.verify(match)),
  };
}
