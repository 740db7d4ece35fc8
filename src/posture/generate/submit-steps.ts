/** The steps of the job that hands packages to the gateway. It has an identity, so it runs little. */
import type { WorkflowPlan } from './workflow-plan.ts';
import { NODE_STEP, type PlannedStep } from './yaml-lines.ts';

/** `tarballs`: the npm packages as packed, with `$VERSION` in them. */
export function submitSteps(plan: WorkflowPlan, tarballs: readonly string[]): PlannedStep[] {
  const hasPython = plan.packages.some((one) => one.ecosystem === 'pypi');
  const version = { VERSION: '${{ needs.validate.outputs.version }}' };
  return [
    {
      name: 'Take over',
      uses: 'actions/download-artifact',
      inputs: { name: 'packed', path: 'packed' },
    },
    digestStep(),
    ...(tarballs.length === 0 ? [] : [NODE_STEP, npmStep(plan, tarballs, version)]),
    ...(hasPython ? [pythonStep(plan)] : []),
    sayStep(plan),
  ];
}

/** The digest of the list comes past the artifact, as an output of the job that made it. */
function digestStep(): PlannedStep {
  return {
    name: 'Check digests',
    env: { DIGEST: '${{ needs.build.outputs.digest }}' },
    run: [
      'cd packed',
      'echo "$DIGEST  SHA256SUMS" | sha256sum --check --strict -',
      'sha256sum --check --strict SHA256SUMS',
      '[ "$(find . -type f | wc -l)" = "$(($(wc -l < SHA256SUMS) + 1))" ] || {',
      '  echo "::error::there are files that the build did not record"; exit 1; }',
    ],
  };
}

/** npm trades the identity itself, at the root of the registry's host. */
function npmStep(
  { origin, prereleaseTag }: WorkflowPlan,
  tarballs: readonly string[],
  env: Readonly<Record<string, string>>,
): PlannedStep {
  return {
    name: 'Submit to the gateway with npm',
    env,
    run: [
      `case "$VERSION" in *-*) tag=${prereleaseTag} ;; *) tag=latest ;; esac`,
      ...tarballs.map(
        (file) =>
          `npm publish "./${file}" --registry ${origin}/npm/ --tag "$tag" --ignore-scripts 2>&1 | tee --append submitted.log`,
      ),
    ],
  };
}

/**
 * twine and its dependencies would have to be installed beside the identity; curl is there. The form
 * has the fields that the gateway holds against the file, and the digest of what was built.
 * Credentials are in no argument, which every process could read.
 */
function pythonStep({ origin }: WorkflowPlan): PlannedStep {
  const curl = `curl --silent --show-error --fail-with-body${origin.startsWith('https:') ? " --proto '=https'" : ''}`;
  return {
    name: 'Submit to the gateway for Python',
    run: [
      `audience="$(${curl} ${origin}/_/oidc/audience | jq --exit-status --raw-output .audience)"`,
      'TOKEN="$(curl --silent --show-error --fail --config - <<< "header = \\"authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN\\"" \\',
      '  "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=$audience" | jq --exit-status --raw-output .value)"',
      'echo "::add-mask::$TOKEN"',
      `credential="$(TOKEN="$TOKEN" jq --null-input '{token: env.TOKEN}' \\`,
      `  | ${curl} --data @- ${origin}/_/oidc/mint-token | jq --exit-status --raw-output .token)"`,
      'echo "::add-mask::$credential"',
      'field() { sed --quiet "/^$1: /{s///p;q}" <<< "$about"; }',
      'for file in packed/*.whl packed/*.tar.gz; do',
      '  [ -e "$file" ] || continue',
      '  base="$(basename "$file")"',
      '  case "$base" in',
      '    *.whl)',
      '      kind=bdist_wheel tags="${base%-*-*}" python="${tags##*-}"',
      '      about="$(unzip -p "$file" \'*.dist-info/METADATA\' | tr --delete \'\\r\')" ;;',
      '    *)',
      '      kind=sdist python=source',
      '      about="$(tar --extract --gzip --to-stdout --file "$file" "${base%.tar.gz}/PKG-INFO" | tr --delete \'\\r\')" ;;',
      '  esac',
      '  digest="$(sha256sum "$file" | cut --delimiter=\' \' --fields=1)"',
      `  ${curl} --config - <<< "user = \\"__token__:$credential\\"" \\`,
      '    --form :action=file_upload --form protocol_version=1 --form "sha256_digest=$digest" \\',
      '    --form-string "metadata_version=$(field Metadata-Version)" --form-string "name=$(field Name)" \\',
      '    --form-string "version=$(field Version)" --form "filetype=$kind" --form "pyversion=$python" \\',
      `    --form "content=@$file" ${origin}/pypi/legacy/ | tee --append submitted.log`,
      'done',
    ],
  };
}

function sayStep({ origin }: WorkflowPlan): PlannedStep {
  return {
    name: 'Say what was submitted',
    run: [
      'release="$(sed --quiet --regexp-extended \'s/.*held (already|for approval): release ([0-9a-z-]+).*/\\2/p\' submitted.log | tail --lines=1)"',
      '[ -n "$release" ] || { echo "::error::the gateway named no release"; exit 1; }',
      `echo "submitted: release $release" | tee --append "$GITHUB_STEP_SUMMARY"`,
      `echo "next: countersign approve $release --server ${origin}" | tee --append "$GITHUB_STEP_SUMMARY"`,
    ],
  };
}
