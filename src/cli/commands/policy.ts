import { resolve } from 'node:path';
import type { Command } from 'commander';
import { governanceOf } from '../../core/governance-rule.ts';
import { comparePolicyDocuments } from '../../core/policy-compare.ts';
import { loadConfig } from '../../host/config.ts';
import { describeRule } from '../change-text.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, anonymousClient, type ServerOptions } from '../connection.ts';
import { fetchInstance } from '../instance.ts';
import { type ProposeOptions, propose } from '../proposal.ts';

interface PolicyProposeOptions extends ProposeOptions {
  readonly config: string;
}

/** `countersign policy ...`: the signed rules, and how they change. */
export function addPolicy(parent: Command, perform: Perform): void {
  const group = parent
    .command('policy')
    .summary('the rules in force, and proposing others')
    .description(
      'The signed rules: upstreams, projects, policies, who may change them. countersign.yaml is a\nproposal of them and nothing more, until a quorum agreed to it.',
    );
  addServerOptions(
    group
      .command('show')
      .summary('the rules in force, with version and digest')
      .description('Shows the rules in force, verified on this machine from the founding on.')
      .addHelpText('after', examples('countersign policy show', 'countersign policy show --json')),
  ).action((options: ServerOptions) => perform((context) => show(context, options)));
  addServerOptions(
    group
      .command('propose')
      .summary('propose the rules that countersign.yaml says')
      .description(
        'Compiles countersign.yaml, shows every place where it differs from the rules in force, and\nmakes a signed proposal of it. Without a difference it says so and sends nothing.',
      )
      .option('--config <file>', 'the configuration', 'countersign.yaml')
      .requiredOption('--reason <text>', 'why; it is signed and shown to everybody')
      .option('--expires <duration>', 'how long people may vote on it, at most 30d', '7d')
      .addHelpText(
        'after',
        examples('countersign policy propose --reason "three people for releases"'),
      ),
  ).action((options: PolicyProposeOptions) =>
    perform((context) => proposePolicy(context, options)),
  );
}

async function show({ host }: CommandContext, options: ServerOptions): Promise<Outcome> {
  const { state } = await fetchInstance(host, anonymousClient(host, options));
  const { policy, policyDigest } = state;
  return {
    exit: 0,
    value: { version: policy.version, digest: policyDigest, changes: governanceOf(policy), policy },
    prose: [
      `rules      version ${policy.version}, ${policyDigest}`,
      `changes    take ${describeRule(policy)}`,
      ...Object.entries(policy.upstreams).map(
        ([name, one]) => `upstream   ${name}: ${one.url} (${one.ecosystem}, ${one.mode})`,
      ),
      ...Object.entries(policy.projects).map(
        ([name, one]) =>
          `project    ${name}: ${one.packages.map((item) => item.name).join(', ')}; policies ${one.policies.join(', ')}`,
      ),
      ...Object.entries(policy.policies).map(
        ([name, { approvals, tag, source }]) =>
          `policy     ${name}: ${tag}, ${approvals.minimum} people${Object.entries(approvals.groups)
            .map(([one, count]) => `, ${count} of ${one}`)
            .join('')}, requester ${approvals.requester}, source ${source}`,
      ),
    ],
  };
}

function proposePolicy(context: CommandContext, options: PolicyProposeOptions): Promise<Outcome> {
  return propose(context, options, async ({ state }) => {
    const { proposal } = await loadConfig(resolve(context.host.cwd, options.config));
    const differs = comparePolicyDocuments(state.policy, proposal).length > 0;
    return differs ? { policy: proposal } : null;
  });
}
