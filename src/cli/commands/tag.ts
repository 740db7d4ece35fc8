import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CountersignError, isCountersignError } from '../../core/errors.ts';
import type { Policy } from '../../core/policy.ts';
import { POLICY_DEFAULTS } from '../../core/policy-inherit.ts';
import { checkTag } from '../../core/tag-filter.ts';
import { loadConfig } from '../../host/config.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';

interface TagOptions {
  readonly policy?: string;
  readonly config?: string;
}

/** `countersign tag`: a tag against the policies of countersign.yaml, without a server. */
export function addTag(parent: Command, perform: Perform): void {
  parent
    .command('tag')
    .summary('check a git tag against a policy, no server needed')
    .description(
      'Checks a git tag against the policies of countersign.yaml, or against the built-in strict\npolicy (vMAJOR.MINOR.PATCH, semantic version) where there is no configuration.',
    )
    .argument('<name>', 'the tag, such as v1.2.3')
    .option('--policy <name>', 'one policy of the configuration; default: each, one must fit')
    .option('--config <file>', 'the configuration; default countersign.yaml in this folder')
    .addHelpText(
      'after',
      examples('countersign tag v1.2.3', 'countersign tag v1.2.3-rc.1 --policy prerelease'),
    )
    .action((name: string, options: TagOptions) =>
      perform((context) => judgeTag(context, name, options)),
    );
}

async function judgeTag(
  { host }: CommandContext,
  tag: string,
  options: TagOptions,
): Promise<Outcome> {
  const policies = await readPolicies(host.cwd, options);
  const judged = [...policies].map(([policy, rules]) => ({ policy, check: checkTag(tag, rules) }));
  const fitting = judged.find((one) => one.check.ok);
  if (fitting?.check.ok) {
    const { version, name } = fitting.check;
    return {
      exit: 0,
      value: { tag, ok: true, policy: fitting.policy, version, package: name, refusals: [] },
      prose: [
        {
          style: 'good',
          text: `${tag} fits policy ${fitting.policy}: version ${version}${name === null ? '' : ` of ${name}`}`,
        },
      ],
    };
  }
  const refusals = judged.map(({ policy, check }) => ({
    policy,
    reasons: check.ok ? [] : check.reasons,
  }));
  return {
    exit: 1,
    value: { tag, ok: false, policy: null, version: null, package: null, refusals },
    prose: [
      { style: 'bad', text: `${tag} is refused` },
      ...refusals.flatMap((one) =>
        one.reasons.map((reason) => `  policy ${one.policy}: ${reason}`),
      ),
    ],
  };
}

async function readPolicies(
  cwd: string,
  options: TagOptions,
): Promise<ReadonlyMap<string, Policy>> {
  const file = resolve(cwd, options.config ?? join(cwd, 'countersign.yaml'));
  const all = await loadConfig(file).then(
    (config): Readonly<Record<string, Policy>> => config.proposal.policies,
    (error: unknown): Readonly<Record<string, Policy>> => {
      const absent = isCountersignError(error) && error.code === 'config-not-found';
      if (!absent || options.config !== undefined) throw error;
      return { strict: POLICY_DEFAULTS };
    },
  );
  if (options.policy === undefined) return new Map(Object.entries(all));
  const only = Object.hasOwn(all, options.policy) ? all[options.policy] : undefined;
  if (only === undefined) {
    throw new CountersignError(
      'usage',
      `expected one of the policies ${Object.keys(all).join(', ')}, found ${options.policy}`,
    );
  }
  return new Map([[options.policy, only]]);
}
