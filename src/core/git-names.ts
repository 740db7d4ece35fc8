/** Names of git as they may stand in signed documents and on the command line of `git`. */
import { isLoopbackHost } from './upstream-address.ts';

/** A full object id: SHA-1, or SHA-256 in repositories of that format. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

const REF_MAX_LENGTH = 255;

/**
 * Whether `refs/heads/` or `refs/tags/` and this is a well-formed ref, by the rules of
 * git-check-ref-format(1); stricter, in that only visible ASCII may stand in it.
 */
export function isRefName(name: string): boolean {
  if (name === '' || name.length > REF_MAX_LENGTH || !/^[\x21-\x7e]+$/.test(name)) return false;
  if (/[~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|\.$/.test(name) || name === '@') return false;
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

/** The address of a repository in its one spelling, or what is wrong with it. */
export type MirrorAddress =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'refused'; readonly problem: string; readonly hint: string };

/**
 * Reads the address of a git repository: `https://`, `ssh://`, `file://`, and `http://` on this
 * machine. No password, no query; no `ext::` and no other helper, since those run commands, and no
 * `host:path`, whose host could begin with a dash. Never throws, and never repeats a password.
 */
export function readMirrorAddress(text: string): MirrorAddress {
  const url = /^(?:https?|ssh|file):\/\//.test(text) ? URL.parse(text) : null;
  if (url === null || !/^[\x21-\x7e]+$/.test(text)) {
    return refused(
      'expected the address of a git repository that begins with https://, ssh:// or file://, found another',
      'write ssh://git@host/owner/name.git for git@host:owner/name.git',
    );
  }
  if (url.password !== '' || (url.protocol !== 'ssh:' && url.username !== '')) {
    return refused(
      'expected an address without password, found one with',
      'a private repository is read over ssh:// with a deploy key that may only read',
    );
  }
  if (text.includes('?') || text.includes('#') || url.pathname.length < 2) {
    return refused(
      'expected an address with a path and without query and fragment, found another',
      'end the address with the path of the repository',
    );
  }
  if (/^-|@-/.test(url.hostname) || url.username.startsWith('-')) {
    return refused(
      'expected a host and a user that do not begin with "-", found one',
      'write the host',
    );
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return refused(
      'expected https, found plain http to another machine',
      'use https or ssh: whoever sits on the way could answer with another tag',
    );
  }
  if (url.protocol === 'file:' && url.hostname !== '') {
    return refused('expected file:/// and a path, found a host', 'write file:///srv/git/name.git');
  }
  return { kind: 'address', url: url.href };
}

function refused(problem: string, hint: string): MirrorAddress {
  return { kind: 'refused', problem, hint };
}
