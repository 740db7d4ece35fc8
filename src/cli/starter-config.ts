/** The countersign.yaml that `init` writes for what it found. */
import type { Discovery } from '../host/discover.ts';

export interface StarterOptions {
  readonly project: string;
  readonly found: Discovery;
  /** Address of the registry that the npm client here is configured with; null where there is none. */
  readonly npmRegistry: string | null;
  /** With two founders the requester has to count. */
  readonly founders: number;
}

/** Commented YAML. Every address that nobody configured is left for a person to fill in. */
export function starterConfig({ project, found, npmRegistry, founders }: StarterOptions): string {
  const packages = found.packages.filter((one) => !one.private);
  const has = (ecosystem: string) => packages.some((one) => one.ecosystem === ecosystem);
  const quote = (text: string) => JSON.stringify(text);
  const upstreams = [
    ...(has('npm') ? [upstream('npm-main', 'npm', npmRegistry)] : []),
    ...(has('pypi') ? [upstream('pypi-main', 'pypi', null)] : []),
  ];
  return `# Countersign. "gateway" and "notify" are read as they stand; "upstreams", "projects" and
# "policies" are a proposal: founders sign them, and later changes take a quorum.

gateway:
  # The address that people and CI use.
  origin: "http://127.0.0.1:8787"
  listen: "127.0.0.1:8787"
  data: ./data

# Where releases go. No address is built in.
upstreams:${upstreams.length === 0 ? ' {}' : `\n${upstreams.join('\n')}`}

projects:
  ${project}:
${found.repository === null ? '    # repository: github.com/example/project' : `    repository: ${quote(found.repository)}`}
    packages:${packages.length === 0 ? ' []' : ''}
${packages
  .map(
    (one) =>
      `      - { name: ${quote(one.name)}, ecosystem: ${one.ecosystem}, upstream: ${one.ecosystem}-main } # ${one.path.replaceAll(/[^\x20-\x7e]/g, '?')}`,
  )
  .join('\n')}
    # The first whose tag pattern matches applies.
    policies: [strict, prerelease]

policies:
  strict:
    tag: "v[0-9]+.[0-9]+.[0-9]+"
    versioning: semver
    confirm: release
    approvals:
      minimum: 2
      # Of each group so many: groups: { security-team: 1 }
      # excluded: who asks for a release cannot also sign for it; takes three people.
      requester: ${founders === 2 ? 'counts' : 'excluded'}
      terminal: 1
      expires: 72h
    # How well it must be known where the bytes come from.
    source: asserted
  prerelease:
    extends: strict
    tag: "v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+"
    dist-tags: [next]
`;
}

function upstream(name: string, ecosystem: string, url: string | null): string {
  return `  ${name}:
    ecosystem: ${ecosystem}
${url === null ? '    url: "" # fill in: the address that uploads go to' : `    url: ${JSON.stringify(url)}`}
    mode: publish
    # Name of the credential; hand it over with: countersign vault put
    credential: ${name}`;
}
