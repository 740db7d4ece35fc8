/**
 * The release workflow: validates, builds and submits in three jobs, of which only the last has an
 * identity, and that one runs nothing of the project.
 */

import { submitSteps } from './submit-steps.ts';
import {
  filterExpression,
  PROGRAM,
  requirePlan,
  tarballPrefix,
  VERIFIER_FOLDER,
  type WorkflowPlan,
} from './workflow-plan.ts';
import {
  checkoutStep,
  INSTALL_STEP,
  NODE_STEP,
  type PlannedStep,
  stepLines,
} from './yaml-lines.ts';

const RUNNER = 'ubuntu-24.04';
const SEMVER =
  '(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?';
const BUILD_VERSION = '1.3.0';

/** The gateway scans too, and lets people answer for a finding; here the run ends before anybody is asked. */
const SCAN_STEP: PlannedStep = {
  name: 'Scan what was packed',
  run: [
    `baseline=${VERIFIER_FOLDER}/baseline.json options=()`,
    '[ ! -e "$baseline" ] || options=(--baseline "$baseline")',
    `${PROGRAM} scan "\${options[@]}" packed`,
  ],
};

/** The text of the workflow. Throws `usage` for what cannot be generated. */
export function releaseWorkflow(plan: WorkflowPlan): string {
  requirePlan(plan);
  return `${[...headLines(plan), ...validateLines(plan), '', ...buildLines(plan), '', ...submitLines(plan)].join('\n')}\n`;
}

function headLines({ project, origin, tagFilters, confirm }: WorkflowPlan): string[] {
  return [
    `# The release of ${project}, up to the gateway at ${origin}.`,
    '# It ends when the gateway holds the packages: people decide then, and what follows publication',
    '# stands in a workflow of its own. Written by "countersign init --workflow github".',
    'name: Release',
    '',
    'on:',
    '  push:',
    '    tags:',
    ...tagFilters.map((filter) => `      - '${filter}'`),
    '  workflow_dispatch:',
    '    inputs:',
    '      version:',
    '        description: The version, without v. Choose its tag as the ref of the run.',
    '        required: true',
    '        type: string',
    '      confirm:',
    `        description: Type ${confirm} to confirm.`,
    '        required: true',
    '        type: string',
    '',
    'permissions: {}',
    '',
    '# One release at a time; one that has begun is never cut off.',
    'concurrency:',
    '  group: release',
    '  cancel-in-progress: false',
    '',
    'jobs:',
  ];
}

function validateLines(plan: WorkflowPlan): string[] {
  return [
    '  validate:',
    '    name: Validate',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 30',
    '    permissions:',
    '      contents: read',
    '    outputs:',
    '      version: ${{ steps.tag.outputs.version }}',
    '    steps:',
    ...stepLines(
      [
        tagStep(plan),
        checkoutStep({ 'fetch-depth': '0' }),
        branchStep(),
        versionStep(plan),
        ...toolSteps(plan),
        ...testSteps(plan),
      ],
      plan,
    ),
  ];
}

/** GitHub holds no filter against the ref of a dispatch, and none is as strict as a version. */
function tagStep({ tagFilters, confirm }: WorkflowPlan): PlannedStep {
  const filters = tagFilters.map(filterExpression).join('|');
  return {
    name: 'Check tag and confirmation',
    id: 'tag',
    env: { VERSION: '${{ inputs.version }}', CONFIRM: '${{ inputs.confirm }}' },
    run: [
      'refuse() { echo "::error::$1"; exit 1; }',
      `filter='^(${filters})$'`,
      `strict='^v${SEMVER}$'`,
      '[ "$GITHUB_REF_TYPE" = tag ] || refuse "expected a tag, found $GITHUB_REF"',
      '[[ "$GITHUB_REF_NAME" =~ $filter ]] || refuse "no policy takes the tag $GITHUB_REF_NAME"',
      '[[ "$GITHUB_REF_NAME" =~ $strict ]] || refuse "the tag $GITHUB_REF_NAME is no strict version"',
      'version="${GITHUB_REF_NAME#v}"',
      'if [ "$GITHUB_EVENT_NAME" = workflow_dispatch ]; then',
      '  [ "$VERSION" = "$version" ] || refuse "the run is at the tag of $version, not of the version typed"',
      `  [ "$CONFIRM" = ${confirm} ] || refuse "expected the word ${confirm} to confirm"`,
      'fi',
      'echo "version=$version" >> "$GITHUB_OUTPUT"',
    ],
  };
}

function branchStep(): PlannedStep {
  return {
    name: 'Check that the default branch has the commit',
    env: { BRANCH: '${{ github.event.repository.default_branch }}' },
    run: [
      'git merge-base --is-ancestor HEAD "refs/remotes/origin/$BRANCH" || {',
      '  echo "::error::the tagged commit is not on the branch $BRANCH"; exit 1; }',
    ],
  };
}

/** Read, never run: a manifest that is a program is for the build job, where the gateway looks on. */
function versionStep({ packages }: WorkflowPlan): PlannedStep {
  const files = (ecosystem: string, name: string) =>
    packages
      .filter((one) => one.ecosystem === ecosystem)
      .map(({ path }) => (path === '.' ? name : `${path}/${name}`))
      .join(' ');
  const manifests = files('npm', 'package.json');
  const projects = files('pypi', 'pyproject.toml');
  const python =
    'import sys, tomllib; print(tomllib.load(open(sys.argv[1], "rb")).get("project", {}).get("version", ""))';
  return {
    name: 'Check that manifests have the version',
    env: { VERSION: '${{ steps.tag.outputs.version }}' },
    run: [
      'refuse() { echo "::error file=$1::expected version $VERSION, found $2"; exit 1; }',
      ...(manifests === ''
        ? []
        : [
            `for manifest in ${manifests}; do`,
            '  found="$(jq --raw-output .version "$manifest")"',
            '  [ "$found" = "$VERSION" ] || refuse "$manifest" "$found"',
            'done',
          ]),
      ...(projects === ''
        ? []
        : [
            '# Python writes 1.2.3-rc.1 otherwise; the gateway holds every packed file against the tag.',
            'case "$VERSION" in *-*) exit 0 ;; esac',
            `for manifest in ${projects}; do`,
            `  found="$(python3 -c '${python}' "$manifest")"`,
            '  [ -z "$found" ] || [ "$found" = "$VERSION" ] || refuse "$manifest" "$found"',
            'done',
          ]),
    ],
  };
}

function toolSteps(plan: WorkflowPlan): PlannedStep[] {
  return [
    ...(hasEcosystem(plan, 'npm') ? [NODE_STEP] : []),
    ...(hasEcosystem(plan, 'pypi')
      ? ([
          {
            name: 'Set up Python',
            uses: 'actions/setup-python',
            inputs: { 'python-version': "'3.13'" },
          },
        ] as const)
      : []),
  ];
}

function testSteps(plan: WorkflowPlan): PlannedStep[] {
  const npm = hasEcosystem(plan, 'npm');
  const python = hasEcosystem(plan, 'pypi');
  const scope = plan.nodeClient === 'npm' && hasWorkspaces(plan) ? workspaces(plan) : '';
  const own = [
    ...(npm ? [plan.nodeClient === 'npm' ? `npm test --if-present${scope}` : 'pnpm test'] : []),
    ...(python ? ['python -m pytest'] : []),
  ];
  return [
    ...(npm ? [installStep(plan)] : []),
    ...(python
      ? [
          {
            name: 'Install for the tests',
            run: [`python -m pip install pytest ${foldersOf(plan, 'pypi').join(' ')}`],
          },
        ]
      : []),
    { name: 'Test', run: plan.test === null ? own : [plan.test] },
  ];
}

function installStep({ nodeClient }: WorkflowPlan): PlannedStep {
  return {
    name: 'Install without scripts',
    run:
      nodeClient === 'npm'
        ? ['npm ci --ignore-scripts']
        : ['corepack enable pnpm', 'pnpm install --frozen-lockfile --ignore-scripts'],
  };
}

function buildLines(plan: WorkflowPlan): string[] {
  return [
    '  build:',
    '    name: Build',
    '    needs: validate',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 30',
    '    permissions:',
    '      contents: read',
    '    outputs:',
    '      digest: ${{ steps.digest.outputs.digest }}',
    '    steps:',
    ...stepLines(
      [
        checkoutStep(),
        ...(hasEcosystem(plan, 'npm') ? [] : [NODE_STEP]),
        ...toolSteps(plan),
        ...(hasEcosystem(plan, 'npm') ? [installStep(plan), packStep(plan)] : []),
        ...(hasEcosystem(plan, 'pypi') ? [wheelStep(plan)] : []),
        INSTALL_STEP,
        SCAN_STEP,
        {
          name: 'Record digests',
          id: 'digest',
          run: [
            'cd packed',
            'sha256sum -- * > SHA256SUMS',
            'cat SHA256SUMS',
            'echo "digest=$(sha256sum SHA256SUMS | cut --delimiter=\' \' --fields=1)" >> "$GITHUB_OUTPUT"',
          ],
        },
        {
          name: 'Hand over',
          uses: 'actions/upload-artifact',
          inputs: {
            name: 'packed',
            path: 'packed/',
            'if-no-files-found': 'error',
            'retention-days': '7',
          },
        },
      ],
      plan,
    ),
  ];
}

/** `--ignore-scripts` leaves the named script out and its companions off. */
function packStep(plan: WorkflowPlan): PlannedStep {
  const npm = plan.nodeClient === 'npm';
  const scope = hasWorkspaces(plan) ? workspaces(plan) : '';
  return {
    name: 'Build and pack for npm',
    run: [
      'mkdir --parents packed',
      npm
        ? `npm run build --if-present --ignore-scripts${scope}`
        : 'pnpm --recursive --if-present run build',
      ...foldersOf(plan, 'npm').map((path) =>
        npm
          ? `npm pack ${path} --ignore-scripts --pack-destination packed`
          : `pnpm --dir ${path} pack --config.ignore-scripts=true --pack-destination "$PWD/packed"`,
      ),
    ],
  };
}

function wheelStep(plan: WorkflowPlan): PlannedStep {
  return {
    name: 'Build for Python',
    run: [
      `python -m pip install build==${BUILD_VERSION}`,
      ...foldersOf(plan, 'pypi').map((path) => `python -m build --outdir packed ${path}`),
    ],
  };
}

function submitLines(plan: WorkflowPlan): string[] {
  return [
    '  # The only job with an identity. It checks out nothing and runs nothing of the project.',
    '  submit:',
    '    name: Submit',
    '    needs: [validate, build]',
    `    runs-on: ${RUNNER}`,
    '    timeout-minutes: 15',
    `    environment: ${plan.environment}`,
    '    permissions:',
    '      id-token: write # the gateway trades it for a credential of this release',
    '    steps:',
    ...stepLines(submitSteps(plan, tarballs(plan)), plan),
  ];
}

function tarballs(plan: WorkflowPlan): readonly string[] {
  return plan.packages
    .filter((one) => one.ecosystem === 'npm')
    .map(({ name }) => `packed/${tarballPrefix(name)}-$VERSION.tgz`);
}

function hasEcosystem({ packages }: WorkflowPlan, ecosystem: string): boolean {
  return packages.some((one) => one.ecosystem === ecosystem);
}

/** Only what npm releases from folders below the root is a workspace. */
function hasWorkspaces({ packages }: WorkflowPlan): boolean {
  return packages.some((one) => one.ecosystem === 'npm' && one.path !== '.');
}

function workspaces({ packages }: WorkflowPlan): string {
  const hasRoot = packages.some((one) => one.ecosystem === 'npm' && one.path === '.');
  return hasRoot ? ' --workspaces --include-workspace-root' : ' --workspaces';
}

/** As arguments: a folder must not read as the name of a package. */
function foldersOf({ packages }: WorkflowPlan, ecosystem: string): readonly string[] {
  return packages
    .filter((one) => one.ecosystem === ecosystem)
    .map(({ path }) => (path === '.' ? '.' : `./${path}`));
}
