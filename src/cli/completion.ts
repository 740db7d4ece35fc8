/** Completion scripts: one table of words per command, printed for each shell. */
import type { Command } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** What may follow one command: `path` is '' for the program itself, else `release open`. */
interface Place {
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly about: string }[];
}

/** The script for `shell`. Completes sub-commands and options; files are left to the shell. */
export function formatCompletion(shell: Shell, program: Command): string {
  const places = placesOf(program, '');
  switch (shell) {
    case 'bash':
      return formatBash(program.name(), places);
    case 'zsh':
      return formatZsh(program.name(), places);
    case 'fish':
      return formatFish(program.name(), places);
  }
}

function placesOf(command: Command, path: string): readonly Place[] {
  const subs = command.commands.map((one) => ({ word: one.name(), about: one.summary() }));
  const options = command.options
    .filter((one) => one.long !== undefined && one.long !== null)
    .map((one) => ({ word: one.long ?? '', about: one.description }));
  const own = { path, words: [...subs, ...options, { word: '--help', about: 'show help' }] };
  return [
    own,
    ...command.commands.flatMap((one) =>
      placesOf(one, path === '' ? one.name() : `${path} ${one.name()}`),
    ),
  ];
}

/** Walks the words that were typed as far as they name commands. */
function walk(words: string, first: number, places: readonly Place[]): string {
  const paths = places
    .filter((one) => one.path !== '')
    .map((one) => `'${one.path}'`)
    .join('|');
  return `  local path='' word
  for word in "\${${words}[@]:${first}}"; do
    case "\${path:+$path }$word" in
      ${paths}) path="\${path:+$path }$word" ;;
    esac
  done`;
}

function cases(places: readonly Place[], indent: string): string {
  return places
    .map(
      ({ path, words }) =>
        `${indent}'${path}') list='${words.map((one) => one.word).join(' ')}' ;;`,
    )
    .join('\n');
}

function formatBash(name: string, places: readonly Place[]): string {
  return `# bash completion of ${name}
_${name}() {
  local list=''
${walk('COMP_WORDS', 1, places)}
  case "$path" in
${cases(places, '    ')}
  esac
  COMPREPLY=($(compgen -W "$list" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _${name} ${name}
`;
}

function formatZsh(name: string, places: readonly Place[]): string {
  return `#compdef ${name}
_${name}() {
  local list=''
${walk('words', 1, places)}
  case "$path" in
${cases(places, '    ')}
  esac
  compadd -- \${=list}
  _files
}
compdef _${name} ${name}
`;
}

function formatFish(name: string, places: readonly Place[]): string {
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = places.flatMap(({ path, words }) => {
    const seen = path.split(' ').filter((one) => one !== '');
    const below = words.filter((one) => !one.word.startsWith('--')).map((one) => one.word);
    const condition = [
      ...(seen.length === 0
        ? ['__fish_use_subcommand']
        : seen.map((one) => `__fish_seen_subcommand_from ${one}`)),
      ...(below.length === 0 || seen.length === 0
        ? []
        : [`not __fish_seen_subcommand_from ${below.join(' ')}`]),
    ].join('; and ');
    return words.map(({ word, about }) =>
      word.startsWith('--')
        ? `complete -c ${name} -n ${quote(condition)} -l ${word.slice(2)} -d ${quote(about)}`
        : `complete -c ${name} -n ${quote(condition)} -f -a ${word} -d ${quote(about)}`,
    );
  });
  return `# fish completion of ${name}\n${lines.join('\n')}\n`;
}
