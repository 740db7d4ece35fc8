import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Sha256 } from '../../core/names.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import {
  addServerOptions,
  anonymousClient,
  requireKey,
  type ServerOptions,
  trustOf,
} from '../connection.ts';
import { writeEnrolment } from '../enrolment-file.ts';
import { writeNewFile } from '../files.ts';
import { fetchInstance } from '../instance.ts';
import { requirePersonId } from '../roster-edit.ts';
import { describePeople, describeStanding, showPeople } from '../roster-text.ts';
import { addRosterChanges } from './roster-change.ts';

interface ShowOptions extends ServerOptions {
  readonly output?: string;
}

interface EnrolOptions extends ServerOptions {
  readonly person: string;
  readonly output: string;
  readonly trust?: string;
}

/** `countersign roster ...`: who may say yes. */
export function addRoster(parent: Command, perform: Perform): void {
  const group = parent
    .command('roster')
    .summary('people, keys, groups: who may say yes')
    .description(
      'The people who may open and approve, with keys, groups and accounts. "show" tells what is in\nforce; everything else makes a proposal, which takes a quorum (countersign proposal).',
    );
  addServerOptions(
    group
      .command('show')
      .summary('people, key fingerprints, who is suspended, what waits')
      .description(
        'Shows the roster in force, verified on this machine from the founding on: people, groups,\nfingerprints, keys too new to count, who is suspended, whether a recovery waits.',
      )
      .option('-o, --output <file>', 'also write the roster as a file, for "recovery draft"')
      .addHelpText('after', examples('countersign roster show')),
  ).action((options: ShowOptions) => perform((context) => show(context, options)));
  addServerOptions(
    group
      .command('enrol')
      .summary('prove that a key is yours, before it is proposed')
      .description(
        'Run by the owner of a new key, on the machine where it lies: the key signs that it wants to\nbelong to this person. Needs no session. Send the file, and say the fingerprint on another\nchannel (in person, by phone): whoever agrees compares the two.',
      )
      .requiredOption('--person <id>', 'whose key it is or will be')
      .requiredOption('-o, --output <file>', 'the new file')
      .option(
        '--trust <file>',
        'trust file; default COUNTERSIGN_TRUST. With one no gateway is asked',
      )
      .addHelpText(
        'after',
        examples(
          'countersign roster enrol --person carol --key ~/.ssh/id_ed25519 --trust trust.json -o carol.enrolment.json',
        ),
      ),
  ).action((options: EnrolOptions) => perform((context) => enrol(context, options)));
  addRosterChanges(group, perform);
}

async function show({ host }: CommandContext, options: ShowOptions): Promise<Outcome> {
  const { state, genesis } = await fetchInstance(host, anonymousClient(host, options));
  const people = await showPeople(state, host.now());
  const { version, previous: _, schema: __, ...rest } = state.roster;
  if (options.output !== undefined) {
    await writeNewFile(resolve(host.cwd, options.output), `${JSON.stringify(rest, null, 2)}\n`);
  }
  return {
    exit: 0,
    value: {
      version,
      digest: state.rosterDigest,
      people,
      bots: state.roster.bots,
      suspended: [...state.suspended].map(([subject, by]) => ({ subject, by })),
      recovery: state.recovery,
      breaks: state.breaks,
    },
    prose: [
      `roster     version ${version}, ${state.rosterDigest}`,
      ...describePeople(people),
      ...state.roster.bots.map((one) => `${one.id}, a bot: may open releases, signs for none`),
      ...describeStanding(state, genesis.recovery?.delaySeconds ?? 0),
    ],
  };
}

async function enrol({ host }: CommandContext, options: EnrolOptions): Promise<Outcome> {
  const person = requirePersonId(options.person);
  const signer = requireKey(host, options);
  const genesis = await genesisOf(host, options);
  const fingerprint = await writeEnrolment(host, options.output, signer, { genesis, person });
  return {
    exit: 0,
    value: { file: options.output, person, fingerprint, genesis },
    prose: [
      `${options.output}: ${person} holds the key`,
      { style: 'strong', text: fingerprint },
      'send the file; read the fingerprint out on another channel, in person or by phone',
    ],
  };
}

async function genesisOf(host: CommandContext['host'], options: EnrolOptions): Promise<Sha256> {
  const trust = await trustOf(host, options);
  if (trust !== null) return trust.genesis;
  return (await fetchInstance(host, anonymousClient(host, options))).digest;
}
