/** Addresses of registries: what may stand in a configuration that people sign. */
import { quoteForeign } from '../formats/text.ts';

/** The address in its one spelling, or what is wrong with it: `expected ..., found ...`. */
export type AddressReading =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'refused'; readonly problem: string; readonly hint: string };

/**
 * Reads a registry's address: http or https, no user, no query, no fragment; plain http only for
 * this machine, because a credential would cross the network in clear. The result ends in a slash.
 * Never throws, and never repeats an address that holds a password.
 */
export function readUpstreamAddress(text: string): AddressReading {
  const url = URL.parse(text);
  if (url === null || !/^https?:\/\//i.test(text)) {
    return refused(
      `expected an address such as https://registry.example.com/, found ${quoteForeign(text)}`,
      'write the address in full, with https://',
    );
  }
  if (url.username !== '' || url.password !== '') {
    return refused(
      'expected an address without user and password, found one with',
      'hand the password over with countersign vault put, and rotate it: it stood in a file',
    );
  }
  if (text.includes('?') || text.includes('#')) {
    return refused(
      'expected an address without query and fragment, found one with',
      'end the address with the path; a secret belongs in the vault',
    );
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return refused(
      `expected https, found plain http to ${quoteForeign(url.hostname)}`,
      'use https; plain http is accepted for localhost, 127.0.0.0/8 and [::1] only',
    );
  }
  return { kind: 'address', url: url.href.endsWith('/') ? url.href : `${url.href}/` };
}

/** Whether a URL's `hostname` is this machine: `localhost`, 127.0.0.0/8 or `[::1]`. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.[0-9]{1,3}){3}$/.test(hostname)
  );
}

function refused(problem: string, hint: string): AddressReading {
  return { kind: 'refused', problem, hint };
}
