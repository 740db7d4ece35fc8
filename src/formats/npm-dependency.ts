/** Hosts that npm has shorthands for, by shorthand. */
const HOSTS: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
  gist: 'gist.github.com',
};

const SHORTHAND = /^(?:(github|gitlab|bitbucket|gist):)?([\w.-]+\/)?([\w.-]+?)(?:\.git)?(#.*)?$/;
const ADDRESS =
  /^(?:git\+)?(?:https?|git|ssh):\/\/(?:git@)?(github\.com|gitlab\.com|bitbucket\.org|gist\.github\.com)[/:]([\w.-]+\/)?([\w.-]+?)(?:\.git)?(#.*)?$/;
const SCP = /^git@(github\.com|gitlab\.com|bitbucket\.org):([\w.-]+\/)([\w.-]+?)(?:\.git)?(#.*)?$/;

/**
 * One spelling for what npm's clients write in different ways: `user/repo`, `github:user/repo` and
 * the git addresses of the same repository. For comparing only; the credentials and the transport
 * that an address names are gone. Everything else is returned as it is.
 */
export function canonicalDependency(spec: string): string {
  const address = ADDRESS.exec(spec) ?? SCP.exec(spec);
  if (address !== null) {
    const [, host, owner = '', name, committish = ''] = address;
    return `git:${host}/${owner}${name}${committish}`;
  }
  const shorthand = SHORTHAND.exec(spec);
  if (shorthand === null) return spec;
  const [, host, owner = '', name, committish = ''] = shorthand;
  // Without a host it takes an owner to be a repository; `1.0.0` and `next` have none.
  if (host === undefined && (owner === '' || spec.startsWith('.') || spec.startsWith('~'))) {
    return spec;
  }
  return `git:${HOSTS[host ?? 'github']}/${owner}${name}${committish}`;
}
