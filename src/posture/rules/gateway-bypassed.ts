import { releaseActs } from '../publish/release-act.ts';
import { routeOf } from '../publish/route.ts';
import type { GatewayFacts, UpstreamMode } from '../repository.ts';
import {
  type AuditContext,
  type PostureRule,
  type Problem,
  pipelineFile,
  workflowFile,
} from '../rule.ts';

const WORKFLOW = `on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`;

const STAGING = WORKFLOW.replace('npm publish', 'npm stage publish');
const GATEWAY = 'https://gateway.example';

function gatewayIn(mode: UpstreamMode): GatewayFacts {
  return {
    path: 'countersign.yaml',
    origin: GATEWAY,
    packages: [{ ecosystem: 'npm', name: 'aitbc-explorer-web', mode }],
  };
}

export const rule: PostureRule = {
  id: 'gateway-bypassed',
  reference: null,
  severity: 'critical',
  confidence: 'proven',
  area: 'access-control',
  scope: 'publish-path',
  forges: ['github', 'gitlab'],
  about: 'no job publishes a package past the gateway that releases it',
  attack:
    'a job that can publish by itself needs no signature of anybody: whoever gets code into it, or takes its token or identity, ships while the gateway sees nothing',
  mend: 'upload the package to the gateway, take the token or trusted publisher of this job away at the registry',
  incidents: ['I40', 'I42', 'I50', 'I53'],
  applies: (context) => (context.gateway?.packages.length ?? 0) > 0,
  examples: {
    bad: [
      {
        about: 'a direct publication of a package that the gateway publishes',
        files: workflowFile(WORKFLOW),
        gateway: gatewayIn('publish'),
        found: ['.github/workflows/release.yml:11'],
      },
      {
        about: 'staging from CI where the gateway stages',
        files: workflowFile(STAGING),
        gateway: gatewayIn('stage'),
        found: ['.github/workflows/release.yml:11'],
      },
      {
        about: 'a direct publication where CI may only stage',
        files: workflowFile(WORKFLOW),
        gateway: gatewayIn('stage-by-ci'),
        found: ['.github/workflows/release.yml:11'],
      },
      {
        about: 'a pipeline of GitLab',
        files: pipelineFile(`publish: { script: [npm publish package.tgz] }
`),
        gateway: gatewayIn('publish'),
        found: ['.gitlab-ci.yml:1'],
      },
    ],
    fine: [
      {
        about: 'a pipeline of GitLab that uploads to the gateway',
        files:
          pipelineFile(`publish: { script: [npm publish package.tgz --registry ${GATEWAY}/npm/] }
`),
        gateway: gatewayIn('publish'),
      },
      {
        about: 'CI publishes, and the gateway holds its environment back',
        files: workflowFile(WORKFLOW),
        gateway: gatewayIn('ci'),
      },
      {
        about: 'CI stages, and the gateway takes what it staged',
        files: workflowFile(STAGING),
        gateway: gatewayIn('stage-by-ci'),
      },
      {
        about: 'an upload to the gateway itself',
        files: workflowFile(WORKFLOW.replace('1.0.0.tgz', `1.0.0.tgz --registry ${GATEWAY}/npm/`)),
        gateway: gatewayIn('publish'),
      },
      {
        about: 'a package that the gateway does not release',
        files: {
          ...workflowFile(WORKFLOW),
          'package.json': '{ "name": "aitbc-tools", "version": "1.0.0" }\n',
        },
        gateway: gatewayIn('publish'),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  for (const { power, act, destination, gated } of releaseActs(context)) {
    if (destination !== 'public' && destination !== 'unknown') continue;
    const past = gated.filter(
      ({ mode }) => mode !== 'ci' && !(mode === 'stage-by-ci' && act.kind === 'stage'),
    );
    const [first] = past;
    if (first === undefined) continue;
    const what = act.kind === 'stage' ? 'stages' : 'publishes';
    yield {
      source: power.workflow.source,
      span: act.span,
      job: power.job,
      ...(destination === 'unknown' ? { confidence: 'plausible' as const } : {}),
      message: `job "${power.job.id}" ${what} ${first.name} with ${act.tool}, past the gateway whose mode for it is ${first.mode}`,
      mend: routeOf(past, act),
    };
  }
}
