/** What is known of actions by their names. Lists are short and dated; names in lower case. */

/** Actions that do what one line of a client on every hosted runner does, and that line. */
export const SUPERFLUOUS_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['actions-ecosystem/action-add-labels', 'gh issue edit --add-label'],
  ['actions-ecosystem/action-remove-labels', 'gh issue edit --remove-label'],
  ['addnab/docker-run-action', 'docker run'],
  ['dacbd/create-issue-action', 'gh issue create'],
  ['elgohr/github-release-action', 'gh release create'],
  ['ncipollo/release-action', 'gh release create'],
  ['sergeysova/jq-action', 'jq'],
  ['softprops/action-gh-release', 'gh release create'],
  ['svenstaro/upload-release-action', 'gh release upload'],
]);

/** Well-known actions whose names others may come near to. */
const KNOWN_ACTIONS: readonly string[] = [
  'actions/cache',
  'actions/checkout',
  'actions/configure-pages',
  'actions/create-github-app-token',
  'actions/deploy-pages',
  'actions/download-artifact',
  'actions/github-script',
  'actions/labeler',
  'actions/setup-dotnet',
  'actions/setup-go',
  'actions/setup-java',
  'actions/setup-node',
  'actions/setup-python',
  'actions/stale',
  'actions/upload-artifact',
  'actions/upload-pages-artifact',
  'astral-sh/setup-uv',
  'aws-actions/configure-aws-credentials',
  'azure/login',
  'changesets/action',
  'codecov/codecov-action',
  'denoland/setup-deno',
  'docker/build-push-action',
  'docker/login-action',
  'docker/metadata-action',
  'docker/setup-buildx-action',
  'docker/setup-qemu-action',
  'dtolnay/rust-toolchain',
  'github/codeql-action',
  'golangci/golangci-lint-action',
  'goreleaser/goreleaser-action',
  'gradle/actions',
  'hashicorp/setup-terraform',
  'oven-sh/setup-bun',
  'peter-evans/create-pull-request',
  'pnpm/action-setup',
  'pypa/cibuildwheel',
  'pypa/gh-action-pypi-publish',
  'ruby/setup-ruby',
  'sigstore/cosign-installer',
  'softprops/action-gh-release',
  'step-security/harden-runner',
  'swatinem/rust-cache',
  'tj-actions/changed-files',
];
const KNOWN = new Set(KNOWN_ACTIONS);
const KNOWN_OWNERS = new Set(KNOWN_ACTIONS.map((name) => name.split('/')[0] ?? ''));

/** The well-known action that `name` (`owner/repository`) is one slip away from; null for none. */
export function nearKnownAction(name: string): string | null {
  if (KNOWN.has(name)) return null;
  const [owner = '', repository = ''] = name.split('/');
  for (const known of KNOWN_ACTIONS) {
    if (Math.abs(known.length - name.length) > 1) continue;
    const [knownOwner = '', knownRepository = ''] = known.split('/');
    // another repository of the same owner is theirs; another known owner is no slip
    if (owner === knownOwner || KNOWN_OWNERS.has(owner)) continue;
    if (repository === knownRepository && isOneSlip(owner, knownOwner)) return known;
  }
  return null;
}

/** One character more, less or other, or two that changed places. */
function isOneSlip(left: string, right: string): boolean {
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const rest = [left.slice(start), right.slice(start)] as const;
  const [one, other] = rest;
  if (one.slice(1) === other.slice(1) || one.slice(1) === other || one === other.slice(1)) {
    return true;
  }
  const isSwap = one[0] === other[1] && one[1] === other[0];
  return isSwap && one.slice(2) === other.slice(2);
}
