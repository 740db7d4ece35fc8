/** Tokens that prove whose a domain is, which everyone may see. */
import type { SecretMatch } from '../rule.ts';

/** A token that shows whose a domain is stands in DNS, for everyone. */
export function isDomainProof({ before, after }: SecretMatch, name: string): boolean {
  if (/^token$/i.test(name)) return ACME_NEAR.test(before);
  return /verification_?token$/i.test(name) && DOMAIN_NEAR.test(`${before} ${after}`);
}
/** The token of a challenge of ACME (RFC 8555, section 8) is fetched from the domain by its name. */
const ACME_NEAR = /(?:http|dns|tls-?alpn)[-_]?01\b|acme\.challenges|\bchallb/i;
const DOMAIN_NEAR = /domain|VerificationStatus|\bDNS\b|\bTXT\b/i;
