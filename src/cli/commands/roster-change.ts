import type { Command } from 'commander';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions } from '../connection.ts';
import { readEnrolment, requireEnrolled, withKey } from '../enrolment-file.ts';
import type { Instance } from '../instance.ts';
import { type ProposeOptions, propose, type Wanted } from '../proposal.ts';
import {
  requireMember,
  requirePersonId,
  requireSuspended,
  withAccount,
  withNewPerson,
  withoutKey,
  withoutPerson,
  withPerson,
} from '../roster-edit.ts';
import { parseSubject } from './suspend.ts';

interface EnrolmentOptions extends ProposeOptions {
  readonly enrolment: string;
  readonly fingerprint: string;
}

interface AddOptions extends EnrolmentOptions {
  readonly name: string;
  readonly group: readonly string[];
}

interface AccountOptions extends ProposeOptions {
  readonly issuer: string;
  readonly id: string;
}

const collect = (value: string, before: readonly string[]) => [...before, value];

/** The commands below `roster` that make one proposal each. */
export function addRosterChanges(group: Command, perform: Perform): void {
  addEnrolments(group, perform);
  addRemovals(group, perform);
  change(group, 'groups', 'propose in which groups a person counts', [
    'countersign roster groups bob security-team release-managers --reason "on call now"',
  ])
    .argument('<person>', 'id of the person')
    .argument('[group...]', 'all groups from then on; none for no group')
    .action((id: string, groups: readonly string[], options: ProposeOptions) =>
      perform((context) =>
        propose(context, options, async ({ state }) => ({
          roster: withPerson(state, { ...requireMember(state, id), groups }),
        })),
      ),
    );
  change(group, 'account', 'propose whose account at a forge it is', [
    'countersign roster account alice --issuer https://token.actions.example --id 583231 --reason "her account"',
  ])
    .argument('<person>', 'id of the person or bot')
    .requiredOption('--issuer <url>', 'issuer of the CI tokens, as they spell it')
    .requiredOption('--id <number>', 'number of the account: names can be taken over')
    .action((id: string, options: AccountOptions) =>
      perform((context) =>
        propose(context, options, async ({ state }) => ({
          roster: withAccount(state, id, { issuer: options.issuer, id: options.id }),
        })),
      ),
    );
}

/** A command of the group with the options that every proposal has. */
function change(
  group: Command,
  name: string,
  summary: string,
  lines: readonly string[],
  more = '',
): Command {
  return addServerOptions(
    group
      .command(name)
      .summary(summary)
      .description(
        `${summary.charAt(0).toUpperCase()}${summary.slice(1)}. Makes a proposal, signed with your key; it takes a quorum.${more}`,
      )
      .requiredOption('--reason <text>', 'why; it is signed and shown to everybody')
      .option('--expires <duration>', 'how long people may vote on it, at most 30d', '7d')
      .addHelpText('after', examples(...lines)),
  );
}

function enrolled(command: Command): Command {
  return command
    .requiredOption('--enrolment <file>', 'what the owner made with "roster enrol"')
    .requiredOption(
      '--fingerprint <fingerprint>',
      'SHA256:..., as the owner said it on another channel',
    );
}

function addEnrolments(group: Command, perform: Perform): void {
  enrolled(
    change(group, 'add', 'propose a new person', [
      'countersign roster add carol --name Carol --group security-team --enrolment carol.enrolment.json --fingerprint SHA256:... --reason "joins the team"',
    ]),
  )
    .argument('<person>', 'id of the new person')
    .requiredOption('--name <name>', 'the name that people read')
    .option('--group <group>', 'a group; may stand several times', collect, [])
    .action((id: string, options: AddOptions) =>
      perform((context) =>
        withEnrolment(context, id, options, ({ state }) => {
          const { name, group: groups } = options;
          const person = { id: requirePersonId(id), name, groups, keys: [] };
          return (key) => withNewPerson(state, withKey(person, key));
        }),
      ),
    );
  enrolled(
    change(
      group,
      'add-key',
      'propose another key of a person',
      [
        'countersign roster add-key alice --enrolment alice-2.enrolment.json --fingerprint SHA256:... --reason "second device"',
      ],
      '\nThe key waits out a cooling period before it counts.',
    ),
  )
    .argument('<person>', 'id of the person')
    .action((id: string, options: EnrolmentOptions) =>
      perform((context) =>
        withEnrolment(context, id, options, ({ state }) => {
          const person = requireMember(state, id);
          return (key) => withPerson(state, withKey(person, key));
        }),
      ),
    );
}

type WithKey = (key: Parameters<typeof withKey>[1]) => Wanted['roster'];

/** One proposal with one enrolment, compared with what its owner said. */
function withEnrolment(
  context: CommandContext,
  id: string,
  options: EnrolmentOptions,
  make: (instance: Instance) => WithKey,
): Promise<Outcome> {
  const { host } = context;
  return propose(context, options, async (instance) => {
    const { digest, state } = instance;
    const add = make(instance);
    const read = await readEnrolment(host, options.enrolment, digest, state.policy.passkeys);
    requireEnrolled(read, id, options.fingerprint);
    const roster = add(read.proven);
    return { ...(roster === undefined ? {} : { roster }), enrolments: [read.statement] };
  });
}

function addRemovals(group: Command, perform: Perform): void {
  change(group, 'remove-key', 'propose that a key goes', [
    'countersign roster remove-key alice SHA256:... --reason "laptop was sold"',
  ])
    .argument('<person>', 'id of the person')
    .argument('<fingerprint>', 'of the key, as "roster show" prints it')
    .action((id: string, fingerprint: string, options: ProposeOptions) =>
      perform((context) =>
        propose(context, options, async ({ state }) => ({
          roster: await withoutKey(state, id, fingerprint),
        })),
      ),
    );
  change(
    group,
    'remove',
    'propose that a person leaves',
    ['countersign roster remove bob --reason "left the company"'],
    '\nTo stop somebody at once, suspend them first (countersign suspend).',
  )
    .argument('<person>', 'id of the person')
    .action((id: string, options: ProposeOptions) =>
      perform((context) =>
        propose(context, options, async ({ state }) => ({ roster: withoutPerson(state, id) })),
      ),
    );
  change(group, 'reinstate', 'propose that a suspended person or key counts again', [
    'countersign roster reinstate person bob --reason "laptop was found"',
  ])
    .argument('<kind>', 'person or key')
    .argument('<id>', "the person's id, or the key's fingerprint")
    .action((kind: string, id: string, options: ProposeOptions) =>
      perform((context) => {
        const subject = parseSubject(kind, id);
        return propose(context, options, async ({ state }) => ({
          reinstate: [requireSuspended(state, subject)],
        }));
      }),
    );
}
