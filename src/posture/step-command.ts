/** The commands of a step's `run`, read once however many rules ask. */
import { type ShellCommand, shellCommands } from './shell-command.ts';
import type { Step } from './workflow.ts';

const known = new WeakMap<Step, readonly ShellCommand[]>();

/** In order; none for a step without `run`. */
export function stepCommands(step: Step): readonly ShellCommand[] {
  const before = known.get(step);
  if (before !== undefined) return before;
  const commands = step.run === null ? [] : shellCommands(step.run.text);
  known.set(step, commands);
  return commands;
}

/** The words of a command, joined by single spaces. */
export function commandText(command: ShellCommand): string {
  return command.words.map((word) => word.text).join(' ');
}
