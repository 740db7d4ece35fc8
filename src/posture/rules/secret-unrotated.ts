import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { sampleEnvironment, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import { isRegistrySecret } from '../secret-use.ts';
import type { ForgeSettings, SecretEntry } from '../settings.ts';
import { settingProblem, whenObserved, whenSeen } from '../settings-view.ts';

/** Longest life of an npm token that writes; what is older than a year has an owner who has left. */
const REGISTRY_DAYS = 90;
const OTHER_DAYS = 365;
const DAY_MS = 24 * 60 * 60 * 1000;

const secret = (name: string, updatedAt: string | null): SecretEntry => ({
  name,
  createdAt: updatedAt,
  updatedAt,
  guard: null,
});

const withSecrets = (...secrets: readonly SecretEntry[]) =>
  sampleSettings({ secrets: { organization: seen([]), repository: seen(secrets) } });

export const rule: PostureRule = {
  id: 'secret-unrotated',
  reference: null,
  severity: 'medium',
  confidence: 'proven',
  area: 'token-security',
  scope: 'settings',
  about: 'secrets of registries are replaced within 90 days, all others within a year',
  attack:
    'a secret that leaked is used when it suits: the older it is, the more runs, forks, logs and former colleagues have seen it, and nobody knows any more what breaks when it goes',
  mend: 'delete secrets that no workflow reads, replace the others and write down who owns each; let jobs use their identity in place of tokens',
  incidents: ['I12', 'I31'],
  examples: {
    bad: [
      {
        about: 'a token of a registry from last year, another secret from the year before',
        files: {},
        settings: withSecrets(
          secret('NPM_TOKEN', '2025-12-01T00:00:00.000Z'),
          secret('SMTP_PASSWORD', '2024-01-01T00:00:00.000Z'),
        ),
        found: ['settings', 'settings'],
      },
      {
        about: 'an old secret of an environment',
        files: {},
        settings: sampleSettings({
          environments: seen([
            sampleEnvironment({
              secrets: seen([secret('PYPI_TOKEN', '2026-01-01T00:00:00.000Z')]),
            }),
          ]),
        }),
        found: ['settings'],
      },
      {
        about: 'a variable whose age the forge does not keep',
        files: {},
        settings: withSecrets(secret('NPM_TOKEN', null)),
        found: ['settings'],
      },
      {
        about: 'secrets that could not be seen',
        files: {},
        settings: sampleSettings({ secrets: { organization: UNSEEN, repository: UNSEEN } }),
        found: ['settings', 'settings'],
      },
    ],
    fine: [
      {
        about: 'secrets that were replaced in time',
        files: {},
        settings: withSecrets(
          secret('NPM_TOKEN', '2026-11-01T00:00:00.000Z'),
          secret('SMTP_PASSWORD', '2026-06-01T00:00:00.000Z'),
        ),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  const now = Date.parse(context.settings?.observedAt ?? '');
  const judge = (where: string) => (secrets: readonly SecretEntry[]) =>
    judgeSecrets(secrets, where, now);
  const of = (scope: keyof ForgeSettings['secrets']) => (all: { readonly forge: ForgeSettings }) =>
    all.forge.secrets[scope];
  yield* whenSeen(context, 'secrets of the repository', of('repository'), judge('the repository'));
  if (context.settings === null) return;
  const organization = judge('the organisation');
  yield* whenSeen(context, 'secrets of the organisation', of('organization'), organization);
  // variables of GitLab name their environment themselves and were judged above
  if (context.settings.forge.forge === 'gitlab') return;
  yield* whenObserved(context.settings.forge.environments, 'environments', (environments) =>
    environments.flatMap(({ name, secrets }) => {
      const where = `environment "${name}"`;
      return [...whenObserved(secrets, `secrets of ${where}`, judge(where))];
    }),
  );
}

function* judgeSecrets(
  secrets: readonly SecretEntry[],
  where: string,
  now: number,
): Generator<Problem> {
  const ageless: string[] = [];
  for (const one of secrets) {
    const at = Date.parse(one.updatedAt ?? one.createdAt ?? '');
    if (Number.isNaN(at) || Number.isNaN(now)) ageless.push(one.name);
    else yield* judgeAge(one.name, where, Math.floor((now - at) / DAY_MS));
  }
  if (ageless.length === 0) return;
  const named = `${ageless.slice(0, 10).join(', ')}${ageless.length > 10 ? ' and others' : ''}`;
  yield settingProblem(`ages of ${named} of ${where} could not be seen: the forge keeps none`, {
    evidence: 'unverified',
  });
}

function* judgeAge(name: string, where: string, days: number): Generator<Problem> {
  const limit = isRegistrySecret(name) ? REGISTRY_DAYS : OTHER_DAYS;
  if (days <= limit) return;
  yield settingProblem(`secret ${name} of ${where} was last replaced ${days} days ago`, {
    severity: limit === REGISTRY_DAYS ? 'high' : 'medium',
  });
}
