/**
 * What a person can sign. Each purpose has a predicate type and an SSHSIG namespace of its own,
 * matched exactly, so that a signature made for one purpose can never serve another.
 */
export const PURPOSES = [
  'genesis',
  'session',
  'open',
  'adopt',
  'grant',
  'approval',
  'deposit',
  'proposal',
  'ballot',
  'enrolment',
  'suspension',
  'recovery',
  'veto',
  'withdrawal',
  'review',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** SSHSIG namespace, such as `approval@countersign`. */
export function namespaceOf(purpose: Purpose): string {
  return `${purpose}@countersign`;
}

/** in-toto predicate type, such as `urn:countersign:approval:v1`. */
export function predicateTypeOf(purpose: Purpose): string {
  return `urn:countersign:${purpose}:v1`;
}
