import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { LogLevel } from '../../host/logging.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import type { InputStream } from '../line-reader.ts';
import { addLogLevel } from './serve.ts';

interface PublisherOptions {
  readonly config: string;
  readonly logLevel: LogLevel;
  readonly endWithStdin?: boolean;
}

/** `countersign publisher`: the process that holds the keys, signs checkpoints and publishes. */
export function addPublisher(parent: Command, perform: Perform): void {
  addLogLevel(
    parent
      .command('publisher')
      .summary('run the publisher: the process that holds keys and credentials')
      .description(
        'Runs the publisher until SIGINT or SIGTERM; the work at hand is finished first, a second signal\nends it at once. It verifies every release again by itself, signs the ledger and is the only one\nthat opens credentials. A vault under a passphrase is opened with COUNTERSIGN_VAULT_PASSPHRASE.',
      )
      .option('--config <file>', 'the configuration', 'countersign.yaml')
      .option('--end-with-stdin', 'end when standard input does, as the child of serve must'),
  )
    .addHelpText('after', examples('countersign publisher --config /etc/countersign.yaml'))
    .action((options: PublisherOptions) => perform((context) => publish(context, options)));
}

async function publish(
  { host, terminal }: CommandContext,
  options: PublisherOptions,
): Promise<Outcome> {
  const { runPublisher } = await import('../../compose.ts');
  const stop = host.stopSignal();
  await runPublisher(resolve(host.cwd, options.config), {
    logLevel: options.logLevel,
    env: host.env,
    signal: options.endWithStdin === true ? AbortSignal.any([stop, endOf(host.stdin)]) : stop,
    onReady: () => {
      if (terminal.json) terminal.printRaw('{"state":"ready"}\n');
      terminal.print([{ style: 'good', text: 'the publisher is running' }]);
    },
  });
  return { exit: 0, value: undefined, prose: ['ended as asked'] };
}

/** Fires when the other side of the pipe is gone, whatever the reason. What comes in is dropped. */
function endOf(stdin: InputStream): AbortSignal {
  const ended = new AbortController();
  const drain = async () => {
    for await (const _ of stdin);
  };
  drain()
    .catch(() => undefined)
    .finally(() => ended.abort());
  return ended.signal;
}
