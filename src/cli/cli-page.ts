/** docs/cli.md, made from the same texts as `--help`. */
import type { Command } from 'commander';
import { COMMANDS } from './commands.ts';
import { allCommands, createProgram } from './program.ts';

const INTRODUCTION = `# The command line

This page is what \`--help\` prints; a test holds both against each other. \`countersign\` is
\`node bin/countersign.mjs\` in a clone.

Every command takes \`--json\`: then stdout holds exactly one JSON document, errors included
(\`{ "error": { "code", "message", "hint" } }\`). Errors are explained in [errors.md](errors.md).

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | refused, or findings |
| 2 | usage: no such command, option or configuration |
| 3 | could not tell: server, network, unreadable input, or nothing to trust |

| variable | meaning |
|---|---|
| \`COUNTERSIGN_SERVER\` | address of the gateway, instead of \`--server\` |
| \`COUNTERSIGN_KEY\` | your SSH key, instead of \`--key\`; a \`.pub\` file uses the agent |
| \`COUNTERSIGN_TRUST\` | trust file, instead of \`--trust\` |
| \`COUNTERSIGN_TOKEN\` | project credential, for CI; used where there is no key |
| \`COUNTERSIGN_UPLOAD_TOKEN\` | upload credential of one release, for \`upload\` |
| \`COUNTERSIGN_VAULT_PASSPHRASE\` | passphrase of the vault, for \`publisher\`, \`serve\` and \`init keys --passphrase\` |
| \`NO_COLOR\` | no colours |

Secrets are read from the environment or stdin and are never arguments. Sessions live in memory, for
one command.
`;

/** The whole page, in Markdown. */
export function formatCliPage(): string {
  const program = createProgram(
    COMMANDS,
    async () => undefined,
    () => undefined,
  );
  const sections = allCommands(program).map(
    (command) => `## ${pathOf(command)}\n\n\`\`\`text\n${helpOf(command).trimEnd()}\n\`\`\`\n`,
  );
  return [INTRODUCTION, ...sections].join('\n');
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

/** With what `addHelpText` added, which `helpInformation` leaves out. */
function helpOf(command: Command): string {
  let text = '';
  const append = (part: string) => {
    text += part;
  };
  command.configureOutput({ writeOut: append }).outputHelp();
  return text;
}
