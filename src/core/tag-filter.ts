/**
 * Git tags against a policy: the filter (GitHub's filter pattern syntax), then the tag's template,
 * then strict semantic versioning.
 */
import { CountersignError } from './errors.ts';
import type { Policy } from './policy.ts';
import { parseSemanticVersion } from './semantic-version.ts';

/** What a tag is made of when configuration names nothing else. */
const TAG_TEMPLATES: readonly string[] = ['v{version}', '{name}@{version}'];

/** Longest tag that is looked at: what a file system takes as one name. */
const TAG_MAX_LENGTH = 255;

const FILTER_MAX_LENGTH = 256;

/** One step of a filter: a character that fits `accepts`, repeated as `repeat` says. */
interface Step {
  readonly accepts: (character: string) => boolean;
  readonly repeat: 'once' | 'optional' | 'some' | 'any';
}

/** A fitting tag: its version, and the package name where the template has one. */
export type TagCheck =
  | { readonly ok: true; readonly version: string; readonly name: string | null }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Whether `tag` is one that `policy` lets out, with every reason why not. `names`: the package
 * names that `{name}` may stand for; left out, it may be any. Reasons are clauses in lower case.
 * Throws `config-invalid` for a filter that is not one.
 */
export function checkTag(
  tag: string,
  policy: Pick<Policy, 'tag'>,
  options: { readonly names?: readonly string[]; readonly templates?: readonly string[] } = {},
): TagCheck {
  const { names, templates = TAG_TEMPLATES } = options;
  if (!/^[\x21-\x7e]+$/.test(tag) || tag.length > TAG_MAX_LENGTH) {
    return {
      ok: false,
      reasons: [`a tag has 1 to ${TAG_MAX_LENGTH} visible ASCII characters, this one does not`],
    };
  }
  const reasons: string[] = [];
  const fits = readTemplates(tag, names, templates);
  const version = fits.find((fit) => parseSemanticVersion(fit.version).ok);
  if (version === undefined) reasons.push(versionReason(tag, fits, templates));
  if (!matchesTagFilter(policy.tag, tag)) {
    reasons.push(`${quote(tag)} does not match the tag filter ${quote(policy.tag)} of this policy`);
  }
  if (version === undefined || reasons.length > 0) return { ok: false, reasons };
  return { ok: true, version: version.version, name: version.name };
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function versionReason(tag: string, fits: readonly Fit[], templates: readonly string[]): string {
  const first = fits[0];
  if (first === undefined) {
    return `${quote(tag)} is not of the form ${templates.map((one) => quote(one)).join(' or ')}`;
  }
  const parsed = parseSemanticVersion(first.version);
  const problem = parsed.ok ? '' : parsed.reason;
  return `${quote(tag)} does not name a semantic version: ${quote(first.version)} ${problem}`;
}

interface Fit {
  readonly version: string;
  readonly name: string | null;
}

function readTemplates(
  tag: string,
  names: readonly string[] | undefined,
  templates: readonly string[],
): readonly Fit[] {
  return templates.flatMap((template) => {
    const fit = readTemplate(tag, template);
    if (fit === null) return [];
    return fit.name !== null && names !== undefined && !names.includes(fit.name) ? [] : [fit];
  });
}

/** Templates end in `{version}`, so the name reaches to the last separator: `@a/b@1.0.0`. */
function readTemplate(tag: string, template: string): Fit | null {
  const pieces = /^([^{}]*)(?:\{name\}([^{}]+))?\{version\}$/.exec(template);
  if (pieces === null) {
    throw new CountersignError(
      'config-invalid',
      `tag template ${quote(template)} is not text, {name} and text, then {version}`,
    );
  }
  const [, start = '', separator] = pieces;
  if (!tag.startsWith(start)) return null;
  const rest = tag.slice(start.length);
  if (separator === undefined) return rest === '' ? null : { version: rest, name: null };
  const at = rest.lastIndexOf(separator);
  if (at < 1) return null;
  return { version: rest.slice(at + separator.length), name: rest.slice(0, at) };
}

/**
 * Whether `tag` matches `filter` in GitHub's filter pattern syntax: `*` (anything but `/`), `**`
 * (anything), `?` and `+` (zero or one, one or more of the character before), `[]` (one of the
 * listed letters, digits and ranges), `\` before a character that stands for itself. Several
 * filters are looked at in order; one that starts with `!` takes back what matched before it.
 * Linear in the length of both. Throws `config-invalid` for a filter that is not one.
 */
export function matchesTagFilter(filter: string | readonly string[], tag: string): boolean {
  let matches = false;
  for (const one of typeof filter === 'string' ? [filter] : filter) {
    const negative = one.startsWith('!');
    const steps = readSteps(negative ? one.slice(1) : one);
    if (runSteps(steps, tag)) matches = !negative;
  }
  return matches;
}

function readSteps(filter: string): readonly Step[] {
  if (filter === '' || filter.length > FILTER_MAX_LENGTH) {
    throw malformed(filter, `has 1 to ${FILTER_MAX_LENGTH} characters`);
  }
  const steps: Step[] = [];
  for (let at = 0; at < filter.length; ) {
    const { step, length } = readStep(filter, at, steps.at(-1));
    if (step.repeat === 'optional' || step.repeat === 'some') steps.pop();
    steps.push(step);
    at += length;
  }
  return steps;
}

function readStep(filter: string, at: number, before: Step | undefined): ReadStep {
  const character = filter[at] ?? '';
  switch (character) {
    case '*': {
      if (filter[at + 1] === '*')
        return { step: { accepts: () => true, repeat: 'any' }, length: 2 };
      return { step: { accepts: (one) => one !== '/', repeat: 'any' }, length: 1 };
    }
    case '?':
    case '+':
      if (before?.repeat !== 'once')
        throw malformed(filter, `has a character before "${character}"`);
      return {
        step: { accepts: before.accepts, repeat: character === '?' ? 'optional' : 'some' },
        length: 1,
      };
    case '[':
      return readBrackets(filter, at);
    case '\\': {
      const literal = filter[at + 1];
      if (literal === undefined) throw malformed(filter, 'has a character after "\\"');
      return { step: { accepts: (one) => one === literal, repeat: 'once' }, length: 2 };
    }
    default:
      return { step: { accepts: (one) => one === character, repeat: 'once' }, length: 1 };
  }
}

interface ReadStep {
  readonly step: Step;
  readonly length: number;
}

function readBrackets(filter: string, at: number): ReadStep {
  const found = /^\[((?:[0-9]-[0-9]|[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9A-Za-z])+)\]/.exec(
    filter.slice(at),
  );
  if (found === null) {
    throw malformed(filter, 'lists letters, digits or ranges of them between "[" and "]"');
  }
  const [whole, listed = ''] = found;
  const accepted = new Set<string>();
  for (const [range] of listed.matchAll(/.-.|./g)) {
    const first = range.charCodeAt(0);
    const last = range.charCodeAt(range.length - 1);
    if (last < first) throw malformed(filter, `has ranges that go upwards, unlike ${quote(range)}`);
    for (let code = first; code <= last; code += 1) accepted.add(String.fromCharCode(code));
  }
  return { step: { accepts: (one) => accepted.has(one), repeat: 'once' }, length: whole.length };
}

function malformed(filter: string, expected: string): CountersignError {
  return new CountersignError('config-invalid', `a tag filter ${expected}, found ${quote(filter)}`);
}

/** Simulates all positions at once, so that no filter can make a tag expensive. */
function runSteps(steps: readonly Step[], text: string): boolean {
  let positions = skipOptional(steps, new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const position of positions) {
      const step = steps[position];
      if (step?.accepts(character) !== true) continue;
      next.add(position + 1);
      if (step.repeat === 'any' || step.repeat === 'some') next.add(position);
    }
    // a repeated step may also end here: after `some` its successor was added above
    positions = skipOptional(steps, next);
  }
  return positions.has(steps.length);
}

function skipOptional(steps: readonly Step[], positions: Set<number>): Set<number> {
  // a Set visits what is added while it is walked
  for (const position of positions) {
    const repeat = steps[position]?.repeat;
    if (repeat === 'any' || repeat === 'optional') positions.add(position + 1);
  }
  return positions;
}
