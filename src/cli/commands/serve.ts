import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { LOG_LEVELS, type LogLevel } from '../../host/logging.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { formatJson } from '../terminal.ts';

interface ServeOptions {
  readonly config: string;
  readonly withoutPublisher?: boolean;
  readonly logLevel: LogLevel;
}

/** `countersign serve`: the web process, and the publisher as its child unless told otherwise. */
export function addServe(parent: Command, perform: Perform): void {
  addLogLevel(
    parent
      .command('serve')
      .summary('run the gateway, and its publisher as a child')
      .description(
        'Runs the gateway until SIGINT or SIGTERM; the work at hand is finished first, a second signal\nends it at once. The publisher runs as its child, and so as the same user: in production run\n`countersign publisher` as a user of its own, and this one with --without-publisher.',
      )
      .option('--config <file>', 'the configuration', 'countersign.yaml')
      .option('--without-publisher', 'do not start the publisher: it runs by itself'),
  )
    .addHelpText(
      'after',
      examples(
        'countersign serve',
        'countersign serve --config /etc/countersign.yaml --without-publisher',
      ),
    )
    .action((options: ServeOptions) => perform((context) => serve(context, options)));
}

/** The option that `serve` and `publisher` share. */
export function addLogLevel(command: Command): Command {
  return command.addOption(
    new Option('--log-level <level>', 'least weight of what is logged on stderr')
      .choices([...LOG_LEVELS])
      .default('info'),
  );
}

async function serve({ host, terminal }: CommandContext, options: ServeOptions): Promise<Outcome> {
  const { runServe } = await import('../../compose.ts');
  await runServe(resolve(host.cwd, options.config), {
    withPublisher: options.withoutPublisher !== true,
    logLevel: options.logLevel,
    env: host.env,
    signal: host.stopSignal(),
    onReady: ({ address, origin, notes }) => {
      // One line, so that who starts the process can wait for it.
      if (terminal.json) {
        const json = formatJson({ state: 'ready', address, origin, notes });
        terminal.printRaw(`${json.replaceAll(/\n */g, '')}\n`);
      }
      terminal.print([
        { style: 'good', text: `serving ${origin} at ${address}` },
        ...notes.map((note) => `note: ${note}`),
      ]);
    },
  });
  return { exit: 0, value: undefined, prose: ['ended as asked'] };
}
