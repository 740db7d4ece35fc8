import { holdsFor } from '../ref-pattern.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { sampleRuleset, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { BranchProtection, BypassActor, RefRuleset } from '../settings.ts';
import { settingProblem, whenObserved, whenSeen } from '../settings-view.ts';

const BOT: BypassActor = { kind: 'app', name: '1234', mode: 'always' };
const PROTECTION: BranchProtection = {
  branch: 'main',
  review: { approvals: 2, codeOwners: true, staleDismissed: true, lastPushApproved: true },
  adminsBound: false,
  forcePushAllowed: false,
  deletionAllowed: false,
  bypass: [],
};

export const rule: PostureRule = {
  id: 'ruleset-bypassed',
  reference: 'W28',
  severity: 'high',
  confidence: 'proven',
  area: 'access-control',
  scope: 'settings',
  about:
    'nobody, no bot and no administrator, passes by the rules over release tags and the default branch',
  attack:
    'whoever takes the token of a bot on the bypass list pushes to the protected branch, or moves a release tag, as if there were no rule; administrators are phished like others',
  mend: 'empty the bypass lists of rulesets that keep tags from being moved and branches from being pushed to; bind administrators; let bots open pull requests',
  incidents: ['I53'],
  examples: {
    bad: [
      {
        about: 'a bot that may move release tags',
        files: {},
        settings: sampleSettings({ tagRulesets: seen([sampleRuleset({ bypass: seen([BOT]) })]) }),
        found: ['settings'],
      },
      {
        about: 'administrators who are not bound on the default branch',
        files: {},
        settings: sampleSettings({ branchProtection: seen(PROTECTION) }),
        found: ['settings'],
      },
      {
        about: 'everybody who can write may make release tags',
        files: {},
        settings: sampleSettings({
          tagRulesets: seen([
            sampleRuleset({
              rules: [{ kind: 'creation' }],
              bypass: seen([{ kind: 'role', name: 'write', mode: 'always' }]),
            }),
          ]),
        }),
        found: ['settings'],
      },
      {
        about: 'a bypass list that this token is not shown',
        files: {},
        settings: sampleSettings({ tagRulesets: seen([sampleRuleset({ bypass: UNSEEN })]) }),
        found: ['settings'],
      },
    ],
    fine: [
      { about: 'lists with nobody on them', files: {}, settings: sampleSettings() },
      {
        about: 'release managers who may make tags, which nobody may move',
        files: {},
        settings: sampleSettings({
          tagRulesets: seen([
            sampleRuleset({
              name: 'to create',
              rules: [{ kind: 'creation' }],
              bypass: seen([{ kind: 'team', name: '7', mode: 'always' }]),
            }),
            sampleRuleset({ name: 'to keep', rules: [{ kind: 'update' }, { kind: 'deletion' }] }),
          ]),
        }),
      },
      {
        about: 'a bypass of a ruleset that is switched off',
        files: {},
        settings: sampleSettings({
          tagRulesets: seen([sampleRuleset({ enforcement: 'disabled', bypass: seen([BOT]) })]),
        }),
      },
    ],
  },
  check,
};

function* check(context: AuditContext): Generator<Problem> {
  yield* whenSeen(
    context,
    'rulesets over tags',
    (all) => all.forge.tagRulesets,
    (rulesets) => rulesets.flatMap((one) => [...judgeRuleset(one)]),
  );
  // the reason why there are no settings is told once
  if (context.settings === null) return;
  const branch = context.settings.forge.defaultBranch;
  const name = branch.kind === 'observed' ? branch.value : 'main';
  yield* whenSeen(
    context,
    'rulesets over branches',
    (all) => all.forge.branchRulesets,
    (rulesets) =>
      rulesets
        .filter((one) => holdsFor(one, `refs/heads/${name}`, true))
        .flatMap((one) => [...judgeRuleset(one)]),
  );
  yield* whenSeen(
    context,
    'protections of the default branch',
    (all) => all.forge.branchProtection,
    judgeProtection,
  );
}

function* judgeRuleset(ruleset: RefRuleset): Generator<Problem> {
  if (ruleset.enforcement !== 'active') return;
  const kinds = ruleset.rules.map((one) => one.kind);
  // somebody must be let through where creation is restricted, or nobody could release
  const onlyCreates =
    ruleset.target === 'tag' &&
    kinds.every((kind) => kind === 'creation' || kind === 'name-pattern');
  yield* whenObserved(ruleset.bypass, `bypass lists of ruleset "${ruleset.name}"`, (actors) =>
    actors.flatMap((actor) => {
      if (onlyCreates && !isEverybody(actor)) return [];
      if (ruleset.target === 'tag' && actor.mode === 'pull-request') return [];
      const message = `${describeActor(actor)} may pass by ruleset "${ruleset.name}" over ${ruleset.target === 'tag' ? 'tags' : 'branches'}`;
      return [settingProblem(message, actor.mode === 'pull-request' ? { severity: 'medium' } : {})];
    }),
  );
}

function* judgeProtection(protection: BranchProtection | null): Generator<Problem> {
  if (protection === null) return;
  const { branch, adminsBound, bypass, review } = protection;
  if (!adminsBound)
    yield settingProblem(`administrators are not bound by the protection of ${branch}`);
  if (review === null) return;
  for (const actor of bypass) {
    yield settingProblem(`${describeActor(actor)} may merge into ${branch} without review`);
  }
}

function isEverybody({ kind, name }: BypassActor): boolean {
  return kind === 'role' && /^(?:write|triage|read|developers\b.*)$/i.test(name ?? '');
}

function describeActor({ kind, name }: BypassActor): string {
  switch (kind) {
    case 'role':
      return `everybody with the role ${name}`;
    case 'team':
      return `team ${name}`;
    case 'app':
      return `app ${name}`;
    case 'person':
      return `${name}`;
    case 'owner-admins':
      return 'every administrator of the owner';
    case 'deploy-keys':
      return 'every deploy key that writes';
  }
}
