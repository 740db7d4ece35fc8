/**
 * Every failure that Countersign reports, by code. The same kebab-case string is the TypeScript
 * union, the `type` of an HTTP problem, the anchor in docs/errors.md, `error[...]` on the command
 * line and the log field. `status` is the HTTP status of a problem; `exit` the exit code of the
 * command line: 1 refused, 2 usage, 3 could not tell.
 *
 * A verdict (findings, "not enough approvals yet") is data and is never thrown.
 */
export const ERROR_CODES = {
  // usage and configuration
  usage: { status: 400, exit: 2, about: 'the command line or request is not one that exists' },
  'config-invalid': { status: 500, exit: 2, about: 'countersign.yaml does not fit its schema' },
  'config-not-found': { status: 500, exit: 2, about: 'there is no countersign.yaml here' },
  'config-differs': {
    status: 409,
    exit: 1,
    about: 'countersign.yaml differs from the signed version',
  },
  'runtime-too-old': { status: 500, exit: 2, about: 'this Node is older than Countersign needs' },
  // formats
  'not-canonical': {
    status: 400,
    exit: 1,
    about: 'bytes are not the canonical form of their value',
  },
  'malformed-name': { status: 400, exit: 1, about: 'a package, project or file name is not valid' },
  'malformed-version': { status: 400, exit: 1, about: 'a version is not valid in its ecosystem' },
  'malformed-tag': { status: 422, exit: 1, about: 'a git tag does not fit the policy' },
  'malformed-archive': {
    status: 400,
    exit: 1,
    about: 'an artifact is not an archive that we can read whole',
  },
  'malformed-metadata': { status: 400, exit: 1, about: 'package metadata is missing or not valid' },
  'malformed-upload': {
    status: 400,
    exit: 1,
    about: 'an upload request is not one of its protocol',
  },
  'malformed-signature': { status: 400, exit: 1, about: 'a signature or key cannot be parsed' },
  'malformed-document': {
    status: 400,
    exit: 1,
    about: 'a signed document does not fit its schema',
  },
  'limit-exceeded': { status: 413, exit: 1, about: 'input is larger or deeper than its bound' },
  // identity
  unauthenticated: { status: 401, exit: 1, about: 'no valid credential came with the call' },
  forbidden: { status: 403, exit: 1, about: 'this caller may not do that' },
  'identity-refused': {
    status: 403,
    exit: 1,
    about: 'a CI run is none that the signed rules let ask',
  },
  'signature-invalid': { status: 403, exit: 1, about: 'a signature does not verify' },
  'rate-limited': {
    status: 429,
    exit: 3,
    about: 'too many failed authentications came from one address',
  },
  overloaded: { status: 503, exit: 3, about: 'the gateway takes no more at the moment' },
  // releases
  'not-found': { status: 404, exit: 1, about: 'there is no such thing here' },
  'state-conflict': {
    status: 409,
    exit: 1,
    about: 'the release is not in a state that allows this',
  },
  'release-exists': {
    status: 409,
    exit: 1,
    about: 'a release of this project and tag is under way',
  },
  'confirmation-wrong': { status: 422, exit: 1, about: 'the typed word is not the expected one' },
  'not-declared': { status: 400, exit: 1, about: 'the release does not declare this file' },
  'artifact-differs': {
    status: 400,
    exit: 1,
    about: 'other bytes of the same file are already held',
  },
  'set-incomplete': { status: 409, exit: 1, about: 'the declared set of files is not complete' },
  'metadata-disagrees': {
    status: 400,
    exit: 1,
    about: 'request and artifact say different things',
  },
  'recompute-differs': {
    status: 409,
    exit: 1,
    about: 'what was recomputed here is not what the gateway says',
  },
  'not-acknowledged': {
    status: 409,
    exit: 1,
    about: 'a finding that needs acknowledgement has none',
  },
  'not-adopted': {
    status: 409,
    exit: 1,
    about: 'a bot opened the release and nobody has adopted it',
  },
  'quorum-unmet': { status: 409, exit: 1, about: 'the signatures do not make a quorum' },
  'quorum-unreachable': {
    status: 422,
    exit: 1,
    about: 'no set of people could ever make a quorum',
  },
  // evidence and ledger
  'evidence-invalid': { status: 422, exit: 1, about: 'evidence does not prove what it claims' },
  'proof-invalid': { status: 422, exit: 1, about: 'a transparency-log proof does not verify' },
  'ledger-corrupt': {
    status: 500,
    exit: 3,
    about: 'the ledger disagrees with itself or with a kept checkpoint',
  },
  // outside
  'upstream-unreachable': {
    status: 502,
    exit: 3,
    about: 'a registry could not be reached or understood',
  },
  'upstream-refused': { status: 502, exit: 1, about: 'a registry refused what we sent' },
  'upstream-conflict': {
    status: 409,
    exit: 1,
    about: 'a registry has other bytes under this name and version',
  },
  'issuer-unreachable': {
    status: 502,
    exit: 3,
    about: 'an issuer of CI tokens could not be asked for its keys',
  },
  'source-unreachable': {
    status: 502,
    exit: 3,
    about: 'the git repository of a project could not be read',
  },
  'source-differs': {
    status: 409,
    exit: 1,
    about: 'tag or commit in the repository of a project are not what the release says',
  },
  'provenance-invalid': {
    status: 422,
    exit: 1,
    about: 'an attestation does not hold for the artifact that it came with',
  },
  'server-unreachable': { status: 502, exit: 3, about: 'the gateway could not be reached' },
  'credential-missing': {
    status: 409,
    exit: 1,
    about: 'the vault has no credential for this upstream',
  },
  'vault-sealed': {
    status: 503,
    exit: 3,
    about: 'the vault cannot be opened with the key at hand',
  },
  'vault-tampered': {
    status: 500,
    exit: 3,
    about: 'a sealed secret is not the one that was stored for this name and upstream',
  },
  'store-unavailable': {
    status: 503,
    exit: 3,
    about: 'the database or the artifact folder is full, busy, unreachable or not fit for use',
  },
  'notification-failed': {
    status: 502,
    exit: 3,
    about: 'a receiver of notices did not take one',
  },
  'tool-missing': { status: 500, exit: 3, about: 'a program that this needs is not installed' },
  'tool-failed': { status: 500, exit: 3, about: 'a program that was started failed' },
  internal: { status: 500, exit: 3, about: 'a defect in Countersign' },
} as const satisfies Record<string, { status: number; exit: 1 | 2 | 3; about: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * The one error class. `message`: lower case, no full stop, names the thing, says what was
 * expected and what was found. `hint`: what to do next, same style.
 */
export class CountersignError extends Error {
  override readonly name = 'CountersignError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** True for errors that Countersign made itself; narrows `unknown`. */
export function isCountersignError(error: unknown): error is CountersignError {
  return error instanceof CountersignError;
}
