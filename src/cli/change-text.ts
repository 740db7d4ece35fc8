/** A change of roster or rules in lines, with what makes them weaker pointed out. */
import { formatDuration } from '../core/duration.ts';
import { governanceOf } from '../core/governance-rule.ts';
import type { GovernanceRule, PolicyDocument } from '../core/policy.ts';
import { SOURCE_GRADES } from '../core/policy.ts';
import type { RulesDifference } from '../core/policy-compare.ts';
import type { Verification } from '../evidence/verify.ts';
import type { JsonValue } from '../formats/canonical.ts';
import { counted, type Line } from './terminal.ts';

type Judge = (one: RulesDifference) => string | null;

const isLower = ({ signed, proposed }: RulesDifference) =>
  typeof signed === 'number' && typeof proposed === 'number' && proposed < signed;
const isHigher = ({ signed, proposed }: RulesDifference) =>
  typeof signed === 'number' && typeof proposed === 'number' && proposed > signed;
const appears = ({ proposed }: RulesDifference) => proposed !== undefined;
const when =
  (test: (one: RulesDifference) => boolean, phrase: string): Judge =>
  (one) =>
    test(one) ? phrase : null;
const grade = (value: JsonValue | undefined) =>
  (SOURCE_GRADES as readonly unknown[]).indexOf(value);

/** What a person must not read over, by path; the first that fits is the answer. */
const JUDGES: readonly (readonly [path: RegExp, judge: Judge])[] = [
  [/^roster\.people\..*\.(?:keys|passkeys)\[/, when(appears, 'another key signs for this person')],
  [/^roster\.people\..*\.groups\[/, when(appears, 'counts for another group')],
  [/^roster\..*\.accounts\[/, when(appears, 'another account is taken for this one')],
  [/^suspended\./, () => 'signs again'],
  [/\.minimum$/, when(isLower, 'weaker: fewer people')],
  [
    /\.groups\./,
    when((one) => one.proposed === undefined || isLower(one), 'weaker: fewer of this group'),
  ],
  [/\.terminal$/, when(isLower, 'weaker: fewer must recompute at a terminal')],
  [/\.requester$/, when((one) => one.proposed === 'counts', 'weaker: who asks may also sign')],
  [/\.expiresSeconds$/, when(isHigher, 'weaker: signatures live longer')],
  [/\.coolingSeconds$/, when(isLower, 'weaker: new keys count sooner')],
  [/\.breakGlass\b/, when(appears, 'weaker: any two people may ship in an emergency')],
  [/^upstreams\..*\.(?:url|readUrl)$/, when(appears, 'another address')],
  [/^upstreams\..*\.credential$/, when(appears, 'another credential is used')],
  [
    /^policies\.[^.]*\.source$/,
    when(
      (one) => appears(one) && grade(one.proposed) < grade(one.signed),
      'weaker: less is known of the source',
    ),
  ],
  [/\.waivable\[/, when(appears, 'weaker: may be waived')],
  [/\.accepted\[/, when(appears, 'answers for a finding in advance')],
  [/\.block\.secrets$/, when(appears, 'secrets are judged otherwise')],
  [/\.(?:inspection|youngDependencySeconds)\b/, () => 'inspection looks otherwise'],
  [/\.ci\[/, when(appears, 'another CI may ask')],
  [/^projects\..*\.source\b/, when(appears, 'the source is looked for elsewhere')],
  [/^projects\..*\.policies\[/, () => 'another policy decides'],
  [/^passkeys\b/, when(appears, 'other pages may ask passkeys')],
];

/** Why this difference needs a second look, or null. */
function judgeDifference(one: RulesDifference): string | null {
  for (const [path, judge] of JUDGES) {
    const said = path.test(one.path) ? judge(one) : null;
    if (said !== null) return said;
  }
  return null;
}

/** `path: before -> after`, one line a value; what appears or goes whole is shown value by value. */
export function describeDifferences(differences: readonly RulesDifference[]): readonly Line[] {
  return differences.flatMap(leavesOf).map((one): Line => {
    const judged = judgeDifference(one);
    const text = `  ${one.path}: ${spell(one.signed)} -> ${spell(one.proposed)}`;
    return judged === null ? text : { style: 'bad', text: `${text}   (${judged})` };
  });
}

function leavesOf(one: RulesDifference): readonly RulesDifference[] {
  const { path, signed, proposed } = one;
  const whole = signed ?? proposed;
  if (typeof whole !== 'object' || whole === null) return [one];
  if (signed !== undefined && proposed !== undefined) return [one];
  const parts = Array.isArray(whole)
    ? whole.map((value: JsonValue, index) => [`${path}[${index}]`, value] as const)
    : Object.entries(whole).map(([key, value]) => [pathTo(path, key), value as JsonValue] as const);
  if (parts.length === 0) return [one];
  return parts.flatMap(([at, value]) =>
    leavesOf({
      path: at,
      signed: signed === undefined ? undefined : value,
      proposed: proposed === undefined ? undefined : value,
    }),
  );
}

function pathTo(path: string, key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function spell(value: JsonValue | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

/** What a change takes by these rules. */
export function describeRule(document: PolicyDocument): string {
  const { minimum, groups, coolingSeconds, breakGlass } = governanceOf(document);
  const parts = Object.entries(groups).map(([name, count]) => `, ${count} of ${name}`);
  const cooling = coolingSeconds === 0 ? 'count at once' : `wait ${formatDuration(coolingSeconds)}`;
  const emergency = breakGlass === undefined ? '' : '; any two people in an emergency';
  return `${minimum} people${parts.join('')}; new keys ${cooling}${emergency}`;
}

/** The effective rule for changes where a proposal changes it; empty where it does not. */
export function describeRuleChange(before: PolicyDocument, after: PolicyDocument): readonly Line[] {
  const [from, to] = [describeRule(before), describeRule(after)];
  if (from === to) return [];
  const text = `  what changes take: ${from} -> ${to}`;
  return [isWeaker(governanceOf(before), governanceOf(after)) ? { style: 'bad', text } : text];
}

function isWeaker(before: GovernanceRule, after: GovernanceRule): boolean {
  return (
    after.minimum < before.minimum ||
    after.coolingSeconds < before.coolingSeconds ||
    (before.breakGlass === undefined && after.breakGlass !== undefined) ||
    Object.entries(before.groups).some(([name, count]) => (after.groups[name] ?? 0) < count)
  );
}

/** The fingerprints that whoever agrees compares with their holders. */
export function describeNewKeys(
  newKeys: readonly { readonly person: string; readonly fingerprint: string }[],
): readonly Line[] {
  if (newKeys.length === 0) return [];
  return [
    {
      style: 'strong',
      text: `${counted(newKeys.length, 'new key')}: compare with the holder, on another channel`,
    },
    ...newKeys.map((one) => `  ${one.person}  ${one.fingerprint}`),
  ];
}

/** What the release was judged under, and everything that went past a quorum, for ever after. */
export function describeGoverned({
  changes,
  breaks,
  breakGlass,
}: Verification['governance']): readonly Line[] {
  return [
    changes === 0
      ? 'changes   none: roster and rules as they were founded'
      : `changes   judged after ${counted(changes, 'change')} of roster and rules, each verified`,
    ...breaks.map(
      (one): Line => ({
        style: 'bad',
        text: `break     the quorum was refounded from outside at entry ${one.index}, ${one.at}: ${one.reason}`,
      }),
    ),
    ...(breakGlass === null
      ? []
      : [
          {
            style: 'bad',
            text: `break     any two people sufficed, in an emergency: ${breakGlass}`,
          } as const,
        ]),
  ];
}
