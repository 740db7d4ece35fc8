/** The countersign.yaml that `init` writes: complete, commented, and accepted by `loadConfig`. */
import { readUpstreamAddress } from '../core/upstream-address.ts';
import type { DiscoveredPackage, Discovery } from './discover.ts';

/** What discovery cannot know. */
export interface ConfigAnswers {
  /** Public address of the gateway: `https://host`, or http for localhost. */
  readonly origin: string;
  readonly listen?: string;
  /** Name of the project: letters, digits, dots, hyphens. */
  readonly project: string;
  /** How many people will sign; with two, the requester may be one of them. */
  readonly people: number;
  /** What `npm config get registry` prints on this machine, or null. */
  readonly npmRegistry: string | null;
  /** Upload address of the Python index, and where it is read where that differs; or null. */
  readonly pypi: { readonly url: string; readonly readUrl?: string } | null;
}

/**
 * The file's text. Packages whose upstream has no usable address stand there commented out, with
 * the reason; so do private ones.
 */
export function renderConfig(discovery: Discovery, answers: ConfigAnswers): string {
  const npm = describeUpstream(answers.npmRegistry);
  const pypi = describeUpstream(answers.pypi?.url ?? null);
  const addresses = { npm, pypi };
  return `${[
    ...renderGateway(answers),
    '',
    ...renderUpstreams(npm, pypi, answers),
    '',
    ...renderProjects(discovery, answers, addresses),
    '',
    ...renderPolicies(answers),
    '',
    ...renderNotify(),
  ].join('\n')}\n`;
}

type Address =
  | { readonly kind: 'known'; readonly url: string }
  | { readonly kind: 'missing'; readonly reason: string };

function describeUpstream(url: string | null): Address {
  if (url === null) return { kind: 'missing', reason: 'its address is not known' };
  const reading = readUpstreamAddress(url);
  return reading.kind === 'address'
    ? { kind: 'known', url: reading.url }
    : { kind: 'missing', reason: `its address cannot be used: ${oneLine(reading.problem)}` };
}

function renderGateway(answers: ConfigAnswers): string[] {
  return [
    '# Countersign: two people, these bytes, or nothing ships.',
    '# Every option is explained in docs/configuration.md. No secret ever stands in this file.',
    '',
    '# How this gateway runs. Read at every start; not signed.',
    'gateway:',
    '  # The address that people and CI use. Signatures are bound to it.',
    `  origin: ${quote(answers.origin)}`,
    '  # Where the web process listens. Put a reverse proxy with TLS in front of it.',
    `  listen: ${quote(answers.listen ?? '127.0.0.1:8787')}`,
    '  # Database, artifacts and keys. Back it up (countersign backup).',
    '  data: ./data',
    '',
    '# From here to "notify" this file is a proposal. The gateway runs on what was signed; when the',
    '# file says something else, nothing is published until a quorum has signed the change.',
  ];
}

function renderUpstreams(npm: Address, pypi: Address, answers: ConfigAnswers): string[] {
  const lines = [
    '# Registries that releases go to. There is no built-in address: nothing reaches a registry that',
    '# does not stand here. "credential" names a secret that you hand over with',
    '# "countersign vault put"; "mode: publish" means that the gateway uploads with it.',
  ];
  const known = npm.kind === 'known' || pypi.kind === 'known';
  lines.push(known ? 'upstreams:' : 'upstreams: {}');
  lines.push(
    ...(npm.kind === 'known'
      ? ['  # The registry that the npm client on this machine is configured with.']
      : [`  # npm is commented out: ${npm.reason}. Fill in the address that "npm publish" uses.`]),
    ...commentUnless(npm.kind === 'known', [
      '  npm:',
      '    ecosystem: npm',
      `    url: ${npm.kind === 'known' ? quote(npm.url) : '"https://npm.example.com/"'}`,
      '    mode: publish',
      '    credential: npm-publish',
    ]),
    ...(pypi.kind === 'known'
      ? [
          '  # The address that twine uploads to ("repository" in .pypirc), not the page people browse.',
        ]
      : [
          `  # Python is commented out: ${pypi.reason}. Fill in the address that twine uploads to`,
          '  # ("repository" in .pypirc), and in readUrl the simple index if it is elsewhere.',
        ]),
    ...commentUnless(pypi.kind === 'known', [
      '  python:',
      '    ecosystem: pypi',
      `    url: ${pypi.kind === 'known' ? quote(pypi.url) : '"https://pypi.example.com/legacy/"'}`,
      ...(answers.pypi?.readUrl === undefined
        ? []
        : [`    readUrl: ${quote(answers.pypi.readUrl)}`]),
      '    mode: publish',
      '    credential: pypi-upload',
    ]),
  );
  return lines;
}

function renderProjects(
  discovery: Discovery,
  answers: ConfigAnswers,
  addresses: Readonly<Record<DiscoveredPackage['ecosystem'], Address>>,
): string[] {
  const seen = new Set<string>();
  const entries = discovery.packages.map((one) => {
    const key = `${one.ecosystem}:${one.name}`;
    const reason = seen.has(key)
      ? 'stands above already'
      : one.private
        ? 'marked private'
        : addresses[one.ecosystem].kind === 'missing'
          ? 'its upstream above is commented out'
          : null;
    if (reason === null) seen.add(key);
    return { package: one, reason };
  });
  const active = entries.some((one) => one.reason === null);
  return [
    '# What is released together, from one tag of one repository.',
    'projects:',
    `  ${quote(answers.project)}:`,
    ...(discovery.repository === null
      ? ['    # repository: github.com/example/project   # no git remote was found; fill it in']
      : [`    repository: ${quote(discovery.repository)}`]),
    '    # A package belongs to one project only. A release may hold some or all of these.',
    active ? '    packages:' : '    packages: []',
    ...entries.flatMap((one) => renderPackage(one.package, one.reason)),
    ...discovery.skipped.map(
      (one) => `      # not read: ${oneLine(JSON.stringify(one.path))}: ${oneLine(one.reason)}`,
    ),
    '    # The first policy whose tag pattern matches the tag applies.',
    '    policies: [strict, prerelease]',
  ];
}

function renderPackage(one: DiscoveredPackage, reason: string | null): string[] {
  const upstream = one.ecosystem === 'npm' ? 'npm' : 'python';
  const line = `      - { name: ${quote(one.name)}, ecosystem: ${one.ecosystem}, upstream: ${upstream} }`;
  return commentUnless(reason === null, [reason === null ? line : `${line}   # ${reason}`]);
}

function renderPolicies(answers: ConfigAnswers): string[] {
  const pair = answers.people <= 2;
  return [
    '# What a release must satisfy before it goes out.',
    'policies:',
    '  strict:',
    '    # Tags that this policy is for: v1.2.3, and no other spelling (v01.2.3 is refused).',
    '    tag: "v[0-9]+.[0-9]+.[0-9]+"',
    '    versioning: semver',
    '    # A person who opens a release by hand types this word.',
    '    confirm: release',
    '    approvals:',
    '      # Different people who must sign for exactly these bytes. Below 2 is refused everywhere.',
    '      minimum: 2',
    '      # Such as { security-team: 1 }: one of the signers must be from that group.',
    '      groups: {}',
    ...(pair
      ? [
          '      # You are two: whoever asked for the release may be one of the two who sign. Another',
          '      # person must always sign. Change it to "excluded" as soon as you are three.',
          '      requester: counts',
        ]
      : [
          '      # Whoever asked for the release does not count as one of the signers.',
          '      requester: excluded',
        ]),
    '      # Signatures made at a terminal, where digests are computed again on that machine.',
    '      terminal: 1',
    '      # After this long without a quorum the release expires and must be opened again.',
    '      expires: 72h',
    '    # How well the origin must be known: asserted < oidc < attested < resolved. "asserted" lets',
    '    # people open releases by hand; raise it to "oidc" once CI opens them.',
    '    source: asserted',
    '    # From which confidence on a secret in a package ends the attempt.',
    '    block: { secrets: plausible }',
    '    # What happens when the last signature is in: automatic, or manual (countersign publish).',
    '    publish: automatic',
    '',
    '  # Release candidates: the same rules, another tag, and never under "latest".',
    '  prerelease:',
    '    extends: strict',
    '    tag: "v[0-9]+.[0-9]+.[0-9]+-rc.[0-9]+"',
    '    dist-tags: [next]',
  ];
}

function renderNotify(): string[] {
  return [
    '# Who is told. Read at every start; not signed. The signing secret stands in a file with mode',
    '# 0600 (secret-file) or in the environment (secret-env), never here.',
    'notify: []',
    '#  - kind: webhook',
    '#    url: https://hooks.example.com/countersign',
    '#    events: [release.awaiting-approval, release.published, release.rejected, release.failed]',
    '#    secret-env: COUNTERSIGN_WEBHOOK_SECRET',
  ];
}

function commentUnless(active: boolean, lines: readonly string[]): string[] {
  return active ? [...lines] : lines.map((line) => line.replace(/^( *)/, '$1# '));
}

/** A JSON string is a YAML double-quoted scalar. */
function quote(text: string): string {
  return JSON.stringify(text);
}

/** Text of strangers inside a comment: a line end would let it leave the comment. */
function oneLine(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
