import { holdsFor, sampleTag } from '../ref-pattern.ts';
import type { AuditContext, PostureRule, Problem } from '../rule.ts';
import { workflowFile } from '../rule.ts';
import { sampleRuleset, sampleSettings, seen, UNSEEN } from '../sample-settings.ts';
import type { RefRuleset } from '../settings.ts';
import { settingProblem, whenSeen } from '../settings-view.ts';

const FILES = workflowFile(`on:
  push:
    tags: ['v[0-9]+.[0-9]+.[0-9]+']
jobs:
  publish:
    runs-on: ubuntu-latest
    environment: release
    steps:
      - run: npm publish aitbc-explorer-web-1.0.0.tgz
`);

const withRulesets = (...rulesets: readonly RefRuleset[]) =>
  sampleSettings({ tagRulesets: seen(rulesets) });

export const rule: PostureRule = {
  id: 'release-tag-unprotected',
  reference: 'W19',
  severity: 'critical',
  confidence: 'proven',
  area: 'access-control',
  scope: 'settings',
  about: 'release tags are made by release managers alone, and nobody moves or deletes them',
  attack:
    'a tag is what starts a release and what others pin: whoever can push can make one, or move an old one onto a commit of theirs, and every consumer of the tag takes it at the next run',
  mend: 'add two active rulesets over the release tags: one restricts creation and lets release managers bypass, one restricts updates and deletions and lets nobody bypass',
  incidents: ['I19', 'I33', 'I34'],
  applies: (context) => context.path.jobs.some((one) => one.onPath !== null),
  examples: {
    bad: [
      {
        about: 'no ruleset over tags',
        files: FILES,
        settings: withRulesets(),
        found: ['settings', 'settings', 'settings'],
      },
      {
        about: 'a ruleset that is only evaluated',
        files: FILES,
        settings: withRulesets(sampleRuleset({ enforcement: 'evaluate' })),
        found: ['settings', 'settings', 'settings'],
      },
      {
        about: 'a ruleset over other tags',
        files: FILES,
        settings: withRulesets(sampleRuleset({ include: ['refs/tags/web-*'] })),
        found: ['settings', 'settings', 'settings'],
      },
      {
        about: 'tags that may be moved',
        files: FILES,
        settings: withRulesets(
          sampleRuleset({ rules: [{ kind: 'creation' }, { kind: 'deletion' }] }),
        ),
        found: ['settings'],
      },
      {
        about: 'rulesets that could not be seen',
        files: FILES,
        settings: sampleSettings({ tagRulesets: UNSEEN }),
        found: ['settings'],
      },
    ],
    fine: [
      {
        about: 'creation, updates and deletions restricted',
        files: FILES,
        settings: withRulesets(sampleRuleset()),
      },
      {
        about: 'the same in two rulesets',
        files: FILES,
        settings: withRulesets(
          sampleRuleset({ name: 'to create', rules: [{ kind: 'creation' }] }),
          sampleRuleset({ include: ['~ALL'], rules: [{ kind: 'update' }, { kind: 'deletion' }] }),
        ),
      },
    ],
  },
  check,
};

/** What starts a release where no workflow names a tag. */
const USUAL_TAG = 'v1.2.3';

const ASPECTS = [
  { kind: 'creation', what: 'made', severity: 'critical' },
  { kind: 'update', what: 'moved', severity: 'critical' },
  { kind: 'deletion', what: 'deleted', severity: 'high' },
] as const;

function check(context: AuditContext): Iterable<Problem> {
  const tags = releaseTags(context);
  return whenSeen(
    context,
    'rulesets over tags',
    (all) => all.forge.tagRulesets,
    (rulesets) =>
      ASPECTS.flatMap(({ kind, what, severity }) => {
        const open = tags.find((tag) => !isRestricted(rulesets, tag, kind));
        if (open === undefined) return [];
        const message = `tags such as ${open} may be ${what} by everyone who can push`;
        return [settingProblem(message, { severity })];
      }),
  );
}

function isRestricted(
  rulesets: readonly RefRuleset[],
  tag: string,
  kind: 'creation' | 'update' | 'deletion',
): boolean {
  return rulesets.some(
    (one) => holdsFor(one, `refs/tags/${tag}`) && one.rules.some((rule) => rule.kind === kind),
  );
}

/** One example for each filter that starts a workflow on the publish path. */
function releaseTags(context: AuditContext): readonly string[] {
  const filters = context.workflows
    .filter((workflow) => context.path.touches(workflow))
    .flatMap((workflow) => workflow.triggers)
    .flatMap((trigger) => (trigger.event === 'push' ? (trigger.tags ?? []) : []));
  const tags = filters.flatMap(({ text }) => sampleTag(text) ?? []);
  return tags.length === 0 ? [USUAL_TAG] : [...new Set(tags)];
}
