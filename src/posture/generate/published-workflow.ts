/**
 * What follows publication: a workflow that is started when the gateway says "published", verifies
 * the evidence against the public bytes first, and only then lets other jobs run.
 */
import { PROGRAM, requirePlan, VERIFIER_FOLDER, type WorkflowPlan } from './workflow-plan.ts';
import {
  checkoutStep,
  INSTALL_STEP,
  NODE_STEP,
  type PlannedStep,
  stepLines,
} from './yaml-lines.ts';

/** The type of the `repository_dispatch` that starts the workflow. */
export const PUBLISHED_EVENT = 'countersign-published';

/** Without a configuration nobody knows it. */
const UNKNOWN_INDEX =
  '"${PIP_INDEX_URL:?expected the address of the simple index, with a slash at its end}"';

const RUNNER = 'ubuntu-24.04';

/**
 * The text of the workflow. Throws `usage` for what cannot be generated: beside the reasons of the
 * release workflow, packages of which nobody knows where the public reads them.
 */
export function publishedWorkflow(plan: WorkflowPlan): string {
  requirePlan(plan);
  return `${[
    `# What follows the publication of ${plan.project}. The gateway's notice "release.published" starts it,`,
    '# and nothing of it runs before the evidence is verified against what the public gets.',
    '# Written by "countersign init --workflow github".',
    'name: Published',
    '',
    'on:',
    '  repository_dispatch:',
    `    types: [${PUBLISHED_EVENT}]`,
    '  workflow_dispatch:',
    '    inputs:',
    '      release:',
    '        description: The id of a published release at the gateway.',
    '        required: true',
    '        type: string',
    '',
    'permissions: {}',
    '',
    'concurrency:',
    '  group: published',
    '  cancel-in-progress: false',
    '',
    'jobs:',
    ...verifyLines(plan),
    '',
    ...forgeLines(plan),
    '',
    '  # Images and documentation: one job each, with "needs: verify" and only the permissions it uses.',
  ].join('\n')}\n`;
}

function verifyLines(plan: WorkflowPlan): string[] {
  return [
    '  verify:',
    '    name: Verify the evidence',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 30',
    '    environment: published',
    '    permissions:',
    '      contents: read',
    '    outputs:',
    '      tag: ${{ steps.verify.outputs.tag }}',
    '    steps:',
    ...stepLines(
      [
        checkoutStep(),
        NODE_STEP,
        INSTALL_STEP,
        fetchStep(plan),
        publicStep(plan),
        verifyStep(),
        {
          name: 'Hand over',
          uses: 'actions/upload-artifact',
          inputs: { name: 'evidence', path: 'evidence.json', 'if-no-files-found': 'error' },
        },
      ],
      plan,
    ),
  ];
}

/** The credential of the project reads what it may read, and the id comes from whoever started the run. */
function fetchStep({ origin }: WorkflowPlan): PlannedStep {
  return {
    name: 'Fetch the evidence',
    env: {
      RELEASE: '${{ github.event.client_payload.release || inputs.release }}',
      COUNTERSIGN_SERVER: origin,
      COUNTERSIGN_TOKEN: '${{ secrets.COUNTERSIGN_TOKEN }}',
    },
    run: [
      '[[ "$RELEASE" =~ ^[0-9a-z][0-9a-z-]{5,63}$ ]] || { echo "::error::that is no id of a release"; exit 1; }',
      `${PROGRAM} release status "$RELEASE" --json > release.json`,
      `${PROGRAM} evidence "$RELEASE" --output evidence.json`,
    ],
  };
}

/** What everybody gets, and not what the gateway holds: that is what is to be verified. */
function publicStep({ packages }: WorkflowPlan): PlannedStep {
  const read = packages.map(({ ecosystem, name, readUrl }) => {
    const pattern = `"${ecosystem} ${name}")`;
    if (ecosystem === 'npm') {
      const registry = readUrl === null ? '' : ` --registry ${readUrl}`;
      return `    ${pattern} npm pack "$name@$version" --ignore-scripts --pack-destination public${registry} ;;`;
    }
    return `    ${pattern} index=${readUrl ?? UNKNOWN_INDEX}; download ;;`;
  });
  return {
    name: 'Get what the public gets',
    run: [
      'mkdir public',
      'download() {',
      '  local url',
      '  url="$(curl --silent --show-error --fail --location --header "accept: application/vnd.pypi.simple.v1+json" "$index$name/" \\',
      '    | jq --exit-status --raw-output --arg file "$file" \'.files[] | select(.filename == $file) | .url\')"',
      '  curl --silent --show-error --fail --location --output "public/$file" "$url"',
      '}',
      "jq --raw-output '.artifacts[] | [.ecosystem, .package, .version, .file] | @tsv' release.json > artifacts.tsv",
      "while IFS=$'\\t' read -r ecosystem name version file; do",
      '  [[ "$file" =~ ^[A-Za-z0-9][A-Za-z0-9._+-]*$ ]] || { echo "::error::that is no name of a packed file"; exit 1; }',
      '  case "$ecosystem $name" in',
      ...read,
      '    *) echo "::error::the release has a package that this workflow does not know"; exit 1 ;;',
      '  esac',
      'done < artifacts.tsv',
    ],
  };
}

function verifyStep(): PlannedStep {
  return {
    name: 'Verify',
    id: 'verify',
    run: [
      `${PROGRAM} verify public/* --evidence evidence.json --trust ${VERIFIER_FOLDER}/trust.json --json > verified.json`,
      'jq --exit-status \'.level == "verified" and (.files | length) == .artifacts and .used != null\' verified.json',
      'tag="$(jq --exit-status --raw-output .tag verified.json)"',
      'echo "tag=$tag" >> "$GITHUB_OUTPUT"',
    ],
  };
}

function forgeLines(plan: WorkflowPlan): string[] {
  return [
    '  forge-release:',
    '    name: Release at the forge',
    '    needs: verify',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 10',
    '    permissions:',
    '      contents: write # makes the release; the tag is there already',
    '    steps:',
    ...stepLines(
      [
        {
          name: 'Take over',
          uses: 'actions/download-artifact',
          inputs: { name: 'evidence', path: 'evidence' },
        },
        {
          name: 'Make the release',
          env: {
            GH_TOKEN: '${{ github.token }}',
            GH_REPO: '${{ github.repository }}',
            TAG: '${{ needs.verify.outputs.tag }}',
          },
          run: [
            'options=()',
            'case "$TAG" in *-*) options+=(--prerelease) ;; esac',
            'gh release create "$TAG" evidence/evidence.json --verify-tag --generate-notes "${options[@]}"',
          ],
        },
      ],
      plan,
    ),
  ];
}
