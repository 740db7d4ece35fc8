/** Semantic Versioning 2.0.0, strictly: no leading `v`, no white space, no leading zeros. */

/** A version in its parts; `prerelease` and `build` are the dot-separated identifiers. */
export interface SemanticVersion {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  readonly prerelease: readonly string[];
  readonly build: readonly string[];
}

/** Longest version that is looked at, as in the npm client. */
const SEMANTIC_VERSION_MAX_LENGTH = 256;

const IDENTIFIER = /^[0-9A-Za-z-]+$/;
const LEADING_ZERO = /^0[0-9]+$/;
const WORDS = ['MAJOR', 'MINOR', 'PATCH'] as const;

/**
 * Parses `text`, or says in one clause what keeps it from being a semantic version: lower case, no
 * full stop, quoting only characters that versions may hold.
 */
export function parseSemanticVersion(
  text: string,
):
  | { readonly ok: true; readonly version: SemanticVersion }
  | { readonly ok: false; readonly reason: string } {
  if (text.length > SEMANTIC_VERSION_MAX_LENGTH) {
    return refuse(`is longer than ${SEMANTIC_VERSION_MAX_LENGTH} characters`);
  }
  const [withoutBuild = '', ...buildParts] = text.split('+');
  if (buildParts.length > 1) return refuse('holds more than one "+"');
  const dash = withoutBuild.indexOf('-');
  const core = dash === -1 ? withoutBuild : withoutBuild.slice(0, dash);
  const prerelease = dash === -1 ? [] : withoutBuild.slice(dash + 1).split('.');
  const build = buildParts[0] === undefined ? [] : buildParts[0].split('.');
  const problem = coreProblem(core) ?? prereleaseProblem(prerelease) ?? buildProblem(build);
  if (problem !== null) return refuse(problem);
  const [major = '', minor = '', patch = ''] = core.split('.');
  return { ok: true, version: { major, minor, patch, prerelease, build } };
}

function refuse(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

function coreProblem(core: string): string | null {
  const numbers = core.split('.');
  const odd = numbers.find((one) => !/^[0-9]+$/.test(one));
  if (odd !== undefined) return 'does not start with MAJOR.MINOR.PATCH, three numbers';
  if (numbers.length !== 3) {
    return `has ${numbers.length} ${numbers.length === 1 ? 'number' : 'numbers'} where MAJOR.MINOR.PATCH has three`;
  }
  const zero = numbers.findIndex((one) => LEADING_ZERO.test(one));
  return zero === -1 ? null : `has a leading zero in ${WORDS[zero]}, "${numbers[zero]}"`;
}

function prereleaseProblem(identifiers: readonly string[]): string | null {
  if (identifiers.some((one) => !IDENTIFIER.test(one))) {
    return 'has a prerelease that is not dot-separated letters, digits and hyphens';
  }
  const zero = identifiers.find((one) => LEADING_ZERO.test(one));
  return zero === undefined ? null : `has a leading zero in its prerelease, "${zero}"`;
}

function buildProblem(identifiers: readonly string[]): string | null {
  return identifiers.some((one) => !IDENTIFIER.test(one))
    ? 'has build metadata that is not dot-separated letters, digits and hyphens'
    : null;
}
