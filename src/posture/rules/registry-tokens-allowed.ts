import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { samplePackage, sampleProject, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { NpmPackageSettings, NpmPublishAccess, RegistryToken } from '../settings.ts';
import { nothingSeen, settingProblem, whenObserved } from '../settings-view.ts';

const TOKEN: RegistryToken = {
  name: 'ci',
  readOnly: false,
  createdAt: '2026-10-01T00:00:00.000Z',
  expiresAt: '2026-12-30T00:00:00.000Z',
  addressBound: false,
  secondFactorBypassed: true,
};

const withPackage = (changes: Partial<NpmPackageSettings>) =>
  sampleSettings({}, [samplePackage(changes)]);

export const rule: PostureRule = {
  id: 'registry-tokens-allowed',
  reference: 'W32',
  severity: 'critical',
  confidence: 'proven',
  area: 'token-security',
  scope: 'settings',
  about: 'the registry takes no long-lived token for a publication of the package',
  attack:
    'a token works from anywhere until it ends: whoever finds it on a disk, in a log or in a run of CI publishes directly, with no second factor and nobody asked',
  mend: 'in the settings of the package at npm choose "require two-factor authentication and disallow tokens", then delete the tokens; let CI stage by its identity, or upload to the gateway',
  incidents: ['I38', 'I51', 'I32'],
  applies: (context) => (context.settings?.packages ?? []).some((one) => one.ecosystem === 'npm'),
  examples: {
    bad: [
      {
        about: 'a package that tokens may publish',
        files: {},
        settings: withPackage({ publishAccess: seen<NpmPublishAccess>('second-factor-or-token') }),
        found: ['settings'],
      },
      {
        about:
          'tokens disallowed as far as anybody sees, and one that writes without a second factor',
        files: {},
        settings: withPackage({ publishAccess: UNSEEN, tokens: seen([TOKEN]) }),
        found: ['settings', 'settings'],
      },
      {
        about: 'a setting that is not shown',
        files: {},
        settings: withPackage({ publishAccess: UNSEEN }),
        found: ['settings'],
      },
    ],
    fine: [
      { about: 'tokens disallowed', files: {}, settings: withPackage({ tokens: seen([TOKEN]) }) },
      { about: 'no package of npm', files: {}, settings: sampleSettings({}, [sampleProject()]) },
    ],
  },
  check,
};

const WHAT: Readonly<Record<Exclude<NpmPublishAccess, 'no-tokens'>, string>> = {
  'no-second-factor': 'may be published without a second factor',
  'second-factor-or-token': 'may be published by a token, without a second factor',
};

function* check(context: AuditContext): Generator<Problem> {
  if (context.settings === null) {
    yield nothingSeen(context, 'publishing accesses of packages');
    return;
  }
  for (const one of context.settings.packages) {
    if (one.ecosystem !== 'npm') continue;
    yield* whenObserved(one.publishAccess, `publishing accesses of ${one.name}`, (access) =>
      access === 'no-tokens' ? [] : [settingProblem(`${one.name} ${WHAT[access]}`)],
    );
    if (one.publishAccess.kind === 'observed' && one.publishAccess.value === 'no-tokens') continue;
    if (one.tokens.kind === 'observed') yield* judgeTokens(one.name, one.tokens.value);
  }
}

/** Only tokens that are seen are told; whose are not shown, the setting above decides. */
function* judgeTokens(name: string, tokens: readonly RegistryToken[]): Generator<Problem> {
  for (const token of tokens) {
    if (token.readOnly || token.secondFactorBypassed === false) continue;
    const factor = token.secondFactorBypassed === true ? ' without a second factor' : '';
    const bound = token.addressBound ? '' : ', from any address';
    const end = token.expiresAt === null ? ', and never ends' : '';
    yield settingProblem(`token "${token.name}" may write ${name}${factor}${bound}${end}`, {
      severity: 'high',
    });
  }
}
