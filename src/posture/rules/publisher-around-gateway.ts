import { modeOf, publisherName, publishersOf } from '../registry-view.ts';
import type { GatewayFacts, UpstreamMode } from '../repository.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { samplePackage, sampleProject, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { ObservedPackage, TrustedPublisher } from '../settings.ts';
import { nothingSeen, settingProblem, whenObserved } from '../settings-view.ts';

const PUBLISHER: TrustedPublisher = {
  issuer: 'github',
  repository: 'alice/aitbc',
  workflow: 'release.yml',
  environment: 'release',
  may: ['publish'],
};
const STAGER: TrustedPublisher = { ...PUBLISHER, may: ['stage'] };

const gatewayIn = (mode: UpstreamMode): GatewayFacts => ({
  path: 'countersign.yaml',
  origin: null,
  packages: [
    { ecosystem: 'npm', name: 'aitbc-explorer-web', mode },
    { ecosystem: 'pypi', name: 'aitbc-agent-sdk', mode },
  ],
});

const withPublishers = (...publishers: readonly TrustedPublisher[]) =>
  sampleSettings({}, [samplePackage({ trustedPublishers: seen(publishers) })]);

const withUpload = (publisher: TrustedPublisher | null) =>
  sampleSettings({}, [
    sampleProject({
      latest: seen({
        version: '1.0.0',
        files: [
          { name: 'aitbc.whl', uploadedAt: null, yanked: false, provenance: seen(publisher) },
        ],
      }),
    }),
  ]);

export const rule: PostureRule = {
  id: 'publisher-around-gateway',
  reference: 'W32',
  severity: 'critical',
  confidence: 'proven',
  area: 'access-control',
  scope: 'settings',
  about:
    'a trusted publisher names an environment, and may not do more than the mode of the gateway needs',
  attack:
    'an identity of CI that the registry takes for a direct publication needs no signature of anybody: code in that job ships past the gateway, and the registry shows valid provenance',
  mend: 'at the registry, in the settings of the package: name an environment in the trusted publisher, allow it to stage and not to publish, and remove it where the gateway publishes by itself',
  incidents: ['I44', 'I50', 'I51'],
  applies: (context) => (context.settings?.packages.length ?? 1) > 0,
  examples: {
    bad: [
      {
        about: 'a trusted publisher that publishes what the gateway publishes',
        files: {},
        gateway: gatewayIn('publish'),
        settings: withPublishers(PUBLISHER),
        found: ['settings'],
      },
      {
        about: 'direct publication where CI may only stage',
        files: {},
        gateway: gatewayIn('stage-by-ci'),
        settings: withPublishers({ ...PUBLISHER, may: ['publish', 'stage'] }),
        found: ['settings'],
      },
      {
        about: 'a second way to stage beside the gateway',
        files: {},
        gateway: gatewayIn('stage'),
        settings: withPublishers(STAGER),
        found: ['settings'],
      },
      {
        about: 'a publisher that any job of the workflow is',
        files: {},
        gateway: gatewayIn('stage-by-ci'),
        settings: withPublishers({ ...STAGER, environment: null }),
        found: ['settings'],
      },
      {
        about: 'a newest release that CI uploaded past the gateway',
        files: {},
        gateway: gatewayIn('publish'),
        settings: withUpload(PUBLISHER),
        found: ['settings'],
      },
      {
        about: 'publishers that could not be seen',
        files: {},
        settings: sampleSettings({}, [samplePackage({ trustedPublishers: UNSEEN })]),
        found: ['settings'],
      },
    ],
    fine: [
      {
        about: 'a publisher that stages from an environment, for a gateway that takes over there',
        files: {},
        gateway: gatewayIn('stage-by-ci'),
        settings: withPublishers(STAGER),
      },
      {
        about: 'a publisher where CI publishes and the gateway holds its environment',
        files: {},
        gateway: gatewayIn('ci'),
        settings: withPublishers(PUBLISHER),
      },
      {
        about: 'no gateway, and a publisher bound to an environment',
        files: {},
        settings: withPublishers(PUBLISHER),
      },
      {
        about: 'files that nobody uploaded by an identity',
        files: {},
        gateway: gatewayIn('publish'),
        settings: withUpload(null),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const { settings } = context;
  if (settings === null) {
    yield nothingSeen(context, 'trusted publishers');
    return;
  }
  for (const one of settings.packages) {
    yield* whenObserved(publishersOf(one), `trusted publishers of ${one.name}`, (publishers) =>
      publishers.flatMap((publisher) => [...judge(one, publisher, modeOf(context, one))]),
    );
  }
}

function* judge(
  { name }: ObservedPackage,
  publisher: TrustedPublisher,
  mode: UpstreamMode | null,
): Generator<Problem> {
  const { environment, may } = publisher;
  const who = publisherName(publisher);
  const gateWrites = mode === 'publish' || mode === 'stage';
  if (mode !== null && mode !== 'ci' && may.includes('publish')) {
    yield settingProblem(`${who} publishes ${name} directly, past the gateway`, {
      mend:
        mode === 'stage-by-ci'
          ? 'allow the trusted publisher of the package to stage, and not to publish'
          : 'remove the trusted publisher of the package: the gateway has a credential of its own',
    });
    return;
  }
  if (gateWrites && may.includes('stage')) {
    yield settingProblem(`${who} stages ${name} beside the gateway`, {
      severity: 'medium',
      mend: 'remove the trusted publisher of the package: the gateway stages by itself',
    });
    return;
  }
  if (environment === null) {
    yield settingProblem(`${who} may publish or stage ${name} from any job, in no environment`);
  }
}
