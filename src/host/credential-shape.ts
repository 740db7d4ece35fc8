/**
 * What a credential looks like. Used where one must not stand (configuration) or must not be
 * printed (logs); it is a safety net with few shapes, not the secret scanner of `inspect/`.
 */

interface CredentialShape {
  readonly what: string;
  readonly pattern: RegExp;
}

const SHAPES: readonly CredentialShape[] = [
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{30,}/g },
  { what: 'a PyPI token', pattern: /\bpypi-[A-Za-z0-9_-]{16,}/g },
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/g },
  { what: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}/g },
  { what: 'an AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { what: 'a webhook signing secret', pattern: /\bwhsec_[A-Za-z0-9+/=]{16,}/g },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  { what: 'a signed web token', pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}/g },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g },
  {
    what: 'a password in an address',
    pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/@:]{0,256}:[^\s/@]{1,256}@/gi,
  },
];

/** What `text` holds, such as `an npm token`, or undefined when nothing looks like a credential. */
export function findCredential(text: string): string | undefined {
  return SHAPES.find(({ pattern }) => text.search(pattern) !== -1)?.what;
}

/** `text` with every part that looks like a credential replaced by `[secret]`. */
export function hideCredentials(text: string): string {
  return SHAPES.reduce((rest, { pattern }) => rest.replace(pattern, '[secret]'), text);
}
