/** Examples of rules that are made from descriptions of formats: made from these too. */
import type { SecretRule } from '../rule.ts';
import type {
  Definition,
  Evidence,
  InfixDefinition,
  NamedDefinition,
  TokenDefinition,
} from './define.ts';
import { capitalize } from './name-spelling.ts';
import { literalsOf, type Part, sampleOf } from './token-form.ts';

type Examples = SecretRule['examples'];

/** Each form behind each of its prefixes, of all of which `prefixes` is the list. */
export function tokenExamples(definition: TokenDefinition, prefixes: readonly string[]): Examples {
  const samples = definition.forms.flatMap(([prefix, ...rest]) =>
    literalsOf(prefix).map((one) => () => complete(definition, [one, ...rest], one)),
  );
  return {
    bad: samples.map((make, at) => ({
      about: `a token in code, form ${at + 1}`,
      make: () => `const token = "${make()}";\n`,
    })),
    fine: [
      { about: 'the prefix alone', make: () => `starts with ${prefixes.join(' or ')} and so on` },
    ],
  };
}

/** Literals of one rule that get an example: some rules have a hundred, all alike. */
const SHOWN_LITERALS = 4;

/** Some of the literals, and what is not whole. */
export function infixExamples(definition: InfixDefinition): Examples {
  const { head, infix, tail, id } = definition;
  return {
    bad: literalsOf(infix)
      .slice(0, SHOWN_LITERALS)
      .map((one) => ({
        about: `a token in code, with ${one}`,
        make: () => `const token = "${complete(definition, [...head, one, ...tail], one)}";\n`,
      })),
    fine: [
      {
        about: 'the literal alone',
        make: () => `holds ${literalsOf(infix).join(' or ')} inside`,
      },
      {
        about: 'its end without its start',
        make: () => `" ${sampleOf([infix, ...tail], id)}"`,
      },
    ],
  };
}

/** Each name in the ways in which names are given values; `isFound`: whether a property that is only
 * called so is one that the rule finds. */
export function namedExamples(
  { names, form, id }: NamedDefinition,
  isFound: (name: string) => boolean,
): Examples {
  return {
    noted: [
      {
        about: 'in a fence of Markdown',
        make: () =>
          `Settings:\n\n\`\`\`sh\n${(names[0] ?? '').toUpperCase()}_SECRET_KEY_TOKEN=${sampleOf(form, id)}\n\`\`\`\n`,
      },
    ],
    bad: names.flatMap((name) => [
      {
        about: `an environment variable of ${name}`,
        make: () => `${name.toUpperCase()}_API_TOKEN_KEY_SECRET=${sampleOf(form, id)}\n`,
      },
      {
        about: `a property of ${name} in code`,
        make: () => `  ${name}AuthTokenSecretKey: '${sampleOf(form, `${id}.`)}',\n`,
      },
    ]),
    fine: names.flatMap((name) => [
      ...(isFound(name)
        ? []
        : [
            {
              about: `a property that is only called ${name}`,
              make: () => `  ${capitalize(name)}: ${sampleOf(form, id)},\n`,
            },
          ]),
      { about: `the name ${name} alone`, make: () => `const key = ${name}.token;` },
      {
        about: `a variable of ${name}`,
        make: () => `${name.toUpperCase()}_TOKEN=${'$'}{SECRET}`,
      },
    ]),
  };
}

function complete(
  { sign, complete: finish, id }: Definition & Evidence,
  parts: readonly Part[],
  seed: string,
): string {
  const sample = sampleOf(parts, `${id} ${seed}`);
  const finished = finish === undefined ? sample : finish(sample);
  return sign?.(finished) ?? finished;
}
