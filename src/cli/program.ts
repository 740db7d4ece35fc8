/** The program, and how an invocation becomes an exit code. */
import { Command, CommanderError } from 'commander';
import { CountersignError, isCountersignError } from '../core/errors.ts';
import type { AddCommand, CommandHost, Outcome, Perform } from './command.ts';
import { readOwnVersion } from './own-version.ts';
import { createTerminal, exitCodeOf, type Terminal } from './terminal.ts';

const HELP_WIDTH = 100;

/** The program with these commands; `perform` runs what a command line asks for. */
export function createProgram(
  commands: readonly AddCommand[],
  perform: Perform,
  print: (text: string) => void,
): Command {
  const program = new Command('countersign')
    .description('Two people, these bytes, or nothing ships.')
    .option('--version', 'the version of this program')
    // an option belongs to the command that it stands behind, also where a group has one of its name
    .enablePositionalOptions()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 refused or findings, 2 usage, 3 could not tell.\nEach command has its own --help, with examples.\n',
    );
  for (const add of commands) add(program, perform);
  for (const command of allCommands(program)) {
    command
      .exitOverride()
      .showHelpAfterError(false)
      .allowExcessArguments(false)
      .configureHelp({ sortSubcommands: false })
      .configureOutput({
        writeOut: print,
        writeErr: () => undefined,
        outputError: () => undefined,
        getOutHelpWidth: () => HELP_WIDTH,
        getErrHelpWidth: () => HELP_WIDTH,
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      });
    // On groups too, so that the flag may stand anywhere.
    command.option('--json', 'one JSON document on stdout, for machines');
  }
  return program;
}

/** The command itself and every command below it, in the order of the help. */
export function allCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap((one) => allCommands(one))];
}

/** Runs one command line. Never throws; the answer is the exit code. */
export async function runProgram(argv: readonly string[], host: CommandHost): Promise<number> {
  const terminal = createTerminal({ ...host, json: asksForJson(argv) });
  let exit = 0;
  const perform: Perform = async (work) => {
    const outcome: Outcome = await work({ host, terminal });
    if (outcome.value !== undefined) await terminal.printJson(outcome.value);
    terminal.print(outcome.prose);
    exit = outcome.exit;
  };
  try {
    if (asksForVersion(argv)) {
      await perform(tellVersion);
      return exit;
    }
    const program = createProgram(await commandsFor(argv), perform, terminal.printRaw);
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (error) {
    return endWith(error, terminal);
  }
}

/** Who scans or audits waits for nothing else: the other commands bring clients, schemas and servers. */
async function commandsFor([name]: readonly string[]): Promise<readonly AddCommand[]> {
  if (name === 'scan') return [(await import('./commands/scan.ts')).addScan];
  if (name === 'posture') return [(await import('./commands/posture.ts')).addPosture];
  return (await import('./commands.ts')).COMMANDS;
}

/** Before a command; behind one it would be an option of that. */
function asksForVersion(argv: readonly string[]): boolean {
  const command = argv.findIndex((one) => !one.startsWith('-'));
  return argv.slice(0, command === -1 ? undefined : command).includes('--version');
}

async function tellVersion(): Promise<Outcome> {
  const version = await readOwnVersion();
  return { exit: 0, value: { version }, prose: [`countersign ${version}`] };
}

function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? undefined : end).includes('--json');
}

function endWith(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const known = knownError(error);
  terminal.fail(known);
  return exitCodeOf(known);
}

/** A defect of ours keeps its message, since nobody can report it otherwise. */
function knownError(error: unknown): CountersignError {
  if (isCountersignError(error)) return error;
  if (error instanceof CommanderError) {
    const missing = error.code === 'commander.help';
    return new CountersignError(
      'usage',
      missing ? 'expected a command, found none' : error.message.replace(/^error: /, ''),
      { hint: 'countersign --help shows the commands, countersign COMMAND --help its options' },
    );
  }
  const message = error instanceof Error ? error.message : 'something that is no error was thrown';
  return new CountersignError('internal', message, { hint: 'please report this', cause: error });
}
