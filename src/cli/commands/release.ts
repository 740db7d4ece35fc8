import type { Command } from 'commander';
import type { Client } from '../../client/client.ts';
import { parseDuration } from '../../core/duration.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Adoption } from '../../core/manifest.ts';
import { isTerminal, waitExitCode } from '../../core/release-state.ts';
import { encodeInstanceStatement } from '../../evidence/signed-statement.ts';
import type { ReleaseView } from '../../gateway/gateway.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, requireKey, type ServerOptions, withClient } from '../connection.ts';
import { fetchInstance } from '../instance.ts';
import { describeRelease, summarizeRelease } from '../release-view.ts';
import { requireSigner, signStatement } from '../statement.ts';
import { addReleaseAnswers } from './release-answer.ts';
import { addReleaseOpen, addReleaseReopen } from './release-open.ts';

/** `countersign release ...`: the life of a release. */
export function addRelease(parent: Command, perform: Perform): void {
  const group = parent
    .command('release')
    .summary('open, watch, seal, cancel: the life of a release')
    .description('The life of a release, from opening to the answer of the registries.');
  addReleaseOpen(group, perform);
  addStep(group, perform, {
    name: 'status',
    summary: 'where a release stands, and what comes next',
    step: (client, reference) => client.release(reference),
  });
  addReleaseList(group, perform);
  addStep(group, perform, {
    name: 'seal',
    summary: 'close the set of files; happens by itself when it is complete',
    step: (client, reference) => client.seal(reference),
  });
  addStep(group, perform, {
    name: 'inspect',
    summary: 'run an inspection again that could not tell',
    step: (client, reference) => client.inspectAgain(reference),
  });
  addReleaseWait(group, perform);
  addReleaseReopen(group, perform);
  addReleaseCancel(group, perform);
  addReleaseAdopt(group, perform);
  addReleaseAnswers(group, perform);
}

/** `countersign publish` and `countersign resume`. */
export function addPublishing(parent: Command, perform: Perform): void {
  addStep(parent, perform, {
    name: 'publish',
    summary: 'let an approved release out, where the policy says "publish: manual"',
    step: (client, reference) => client.publish(reference),
  });
  addStep(parent, perform, {
    name: 'resume',
    summary: 'carry on with a release that stopped halfway',
    step: (client, reference) => client.resume(reference),
  });
}

interface Step {
  readonly name: string;
  readonly summary: string;
  readonly step: (client: Client, reference: string) => Promise<ReleaseView>;
}

/** A command that takes one release and shows what became of it. */
function addStep(group: Command, perform: Perform, { name, summary, step }: Step): void {
  const path = group.name() === 'release' ? `release ${name}` : name;
  addServerOptions(
    group
      .command(name)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
      .argument('<release>', 'id or short id')
      .addHelpText('after', examples(`countersign ${path} 4k2v9d1m7q`)),
  ).action((reference: string, options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => shown(await step(client, reference))),
    ),
  );
}

function shown(release: ReleaseView): Outcome {
  return { exit: 0, value: release, prose: describeRelease(release) };
}

interface ListOptions extends ServerOptions {
  readonly project?: string;
  readonly limit: string;
}

function addReleaseList(group: Command, perform: Perform): void {
  addServerOptions(
    group
      .command('list')
      .summary('releases, newest first')
      .description('Lists releases, newest first.')
      .option('--project <name>', 'of one project only')
      .option('--limit <count>', 'how many at most', '20')
      .addHelpText('after', examples('countersign release list --project aitbc')),
  ).action((options: ListOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => {
        const limit = Number(options.limit);
        if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
          throw new CountersignError(
            'usage',
            `expected --limit from 1 to 1000, found ${options.limit}`,
          );
        }
        const releases = await client.releases({
          limit,
          ...(options.project === undefined ? {} : { project: options.project }),
        });
        return {
          exit: 0,
          value: { releases },
          prose: releases.length === 0 ? ['no releases'] : releases.map(summarizeRelease),
        };
      }),
    ),
  );
}

interface WaitOptions extends ServerOptions {
  readonly timeout: string;
}

const POLL_MS = 2000;

function addReleaseWait(group: Command, perform: Perform): void {
  addServerOptions(
    group
      .command('wait')
      .summary('wait for the end: 0 published, 1 refused, 3 undecided')
      .description(
        'Waits until a release has ended. Exit code 0: published, 1: refused, 3: undecided in time.',
      )
      .argument('<release>', 'id or short id')
      .option('--timeout <duration>', 'how long to wait, such as 30m', '1h')
      .addHelpText('after', examples('countersign release wait 4k2v9d1m7q --timeout 30m')),
  ).action((reference: string, options: WaitOptions) =>
    perform((context) =>
      withClient(context, options, (client) => waitForEnd(context, client, reference, options)),
    ),
  );
}

async function waitForEnd(
  { host, terminal }: CommandContext,
  client: Client,
  reference: string,
  options: WaitOptions,
): Promise<Outcome> {
  const seconds = parseDuration(options.timeout);
  if (seconds === undefined) {
    throw new CountersignError(
      'usage',
      `expected a duration such as 30m, found ${options.timeout}`,
    );
  }
  const until = Date.parse(host.now()) + seconds * 1000;
  let shownState = '';
  for (;;) {
    const release = await client.release(reference);
    if (release.state !== shownState) terminal.progress(summarizeRelease(release));
    shownState = release.state;
    if (isTerminal(release.state) || Date.parse(host.now()) >= until) {
      return { ...shown(release), exit: waitExitCode(release.state) };
    }
    await host.sleep(POLL_MS);
  }
}

interface CancelOptions extends ServerOptions {
  readonly reason?: string;
}

function addReleaseCancel(group: Command, perform: Perform): void {
  addServerOptions(
    group
      .command('cancel')
      .summary('end an attempt before anything is upstream')
      .description('Cancels a release of which nothing is upstream yet.')
      .argument('<release>', 'id or short id')
      .option('--reason <text>', 'why, for the people who look at it later')
      .addHelpText(
        'after',
        examples('countersign release cancel 4k2v9d1m7q --reason "wrong commit"'),
      ),
  ).action((reference: string, options: CancelOptions) =>
    perform((context) =>
      withClient(context, options, async (client) =>
        shown(await client.cancel(reference, options.reason ?? null)),
      ),
    ),
  );
}

function addReleaseAdopt(group: Command, perform: Perform): void {
  addServerOptions(
    group
      .command('adopt')
      .summary("stand behind a bot's release, as its requester")
      .description(
        'Signs that you ask for a release that a bot opened. You are its requester from then on.',
      )
      .argument('<release>', 'id or short id')
      .addHelpText(
        'after',
        examples('countersign release adopt 4k2v9d1m7q --key ~/.ssh/id_ed25519'),
      ),
  ).action((reference: string, options: ServerOptions) =>
    perform((context) =>
      withClient(context, options, async (client) => {
        const { host } = context;
        const { digest, state } = await fetchInstance(host, client);
        const signer = requireKey(host, options);
        const person = await requireSigner(signer, state.roster);
        const { id } = await client.release(reference);
        const predicate: Adoption = {
          schema: 'countersign/adopt/v1',
          genesis: digest,
          release: id,
          person: person.id,
          issuedAt: host.now(),
        };
        const payload = encodeInstanceStatement('adopt', digest, predicate);
        return shown(await client.adopt(reference, await signStatement(signer, 'adopt', payload)));
      }),
    ),
  );
}
