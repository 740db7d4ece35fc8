import { Argument, type Command } from 'commander';
import { examples, type Perform } from '../command.ts';
import { formatCompletion, SHELLS, type Shell } from '../completion.ts';

/** `countersign completion`: what a shell reads to complete commands and options. */
export function addCompletion(parent: Command, perform: Perform): void {
  parent
    .command('completion')
    .summary('completion of commands and options for a shell')
    .description('Prints a script that completes commands and options in your shell.')
    .addArgument(new Argument('<shell>', 'your shell').choices(SHELLS))
    .addHelpText(
      'after',
      examples(
        'countersign completion bash > ~/.local/share/bash-completion/completions/countersign',
        'countersign completion zsh > ~/.zfunc/_countersign',
        'countersign completion fish > ~/.config/fish/completions/countersign.fish',
      ),
    )
    .action((shell: Shell) =>
      perform(async ({ terminal }) => {
        const script = formatCompletion(shell, parent);
        if (!terminal.json) terminal.printRaw(script);
        return { exit: 0, value: { shell, script }, prose: [] };
      }),
    );
}
