import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Config, loadConfig } from '../../host/config.ts';
import {
  type CommandContext,
  type CommandHost,
  examples,
  type Outcome,
  type Perform,
} from '../command.ts';
import {
  type Check,
  checkClock,
  checkData,
  checkLedger,
  checkPublisherFolder,
  checkRules,
  checkUpstream,
  failWith,
  type InstanceFacts,
  ok,
  unknown,
  warn,
} from '../doctor-checks.ts';
import {
  findProgram,
  knownError,
  readDataFacts,
  readFolderFacts,
  readInstanceFacts,
  readKeptNote,
  readUpstreamFacts,
} from '../doctor-facts.ts';
import { checkIssuers } from '../doctor-issuers.ts';
import { checkPolicies } from '../doctor-quorum.ts';
import { checkSources } from '../doctor-sources.ts';
import type { Line } from '../terminal.ts';

interface DoctorOptions {
  readonly config: string;
}

const MARKS = { ok: 'ok  ', warn: 'warn', fail: 'FAIL', unknown: '?   ' } as const;
const STYLES = { ok: 'good', warn: 'strong', fail: 'bad', unknown: 'dim' } as const;

/** `countersign doctor`: what a release will need, and how to mend what is missing. */
export function addDoctor(parent: Command, perform: Perform): void {
  parent
    .command('doctor')
    .summary('check what a release will need, and say how to mend it')
    .description(
      'Looks at configuration, signed rules, keys, ledger, disk, clock, upstreams, credentials and\nwhether a quorum can be reached, and changes nothing. Run it as the user that runs the publisher;\nanother user cannot see the keys. Exit codes: 0 all is well, 1 something is missing, 3 something\ncould not be told and nothing is known to be missing.',
    )
    .option('--config <file>', 'the configuration', 'countersign.yaml')
    .addHelpText('after', examples('countersign doctor', 'countersign doctor --json'))
    .action((options: DoctorOptions) => perform((context) => doctor(context, options)));
}

async function doctor(
  { host, terminal }: CommandContext,
  options: DoctorOptions,
): Promise<Outcome> {
  const checks: Check[] = [await checkTools(host), ok('node', `Node ${process.versions.node}`)];
  try {
    const config = await loadConfig(resolve(host.cwd, options.config));
    checks.push(ok('config', `${config.file} fits its schema`));
    terminal.progress('asking database and upstreams');
    checks.push(...(await checkConfigured(host, config)));
  } catch (error) {
    checks.push(failWith('config', knownError(error)));
  }
  const state = worstOf(checks);
  return {
    exit: state === 'fail' ? 1 : state === 'unknown' ? 3 : 0,
    value: { schema: 'countersign/doctor/v1', state, checks },
    prose: checks.flatMap(linesOf),
  };
}

async function checkConfigured(host: CommandHost, config: Config): Promise<readonly Check[]> {
  const checks: Check[] = [...checkData(await readDataFacts(config.gateway.data))];
  const noteBefore = await readKeptNote(config);
  const instance = await readInstanceFacts(config, host.env).catch((error: unknown) => {
    checks.push(failWith('database', knownError(error)));
    return null;
  });
  const folder = await readFolderFacts(config, instance, noteBefore);
  checks.push(...checkPublisherFolder(folder, instance));
  if (instance === null) {
    const why =
      'the signed rules could not be read, so people, upstreams and credentials were not checked';
    return [...checks, unknown('rules', why, 'mend the database first')];
  }
  const now = host.now();
  return [
    ...checks,
    ok('database', `founded, genesis ${instance.genesisDigest}`),
    checkRules(instance.policy, config.proposal),
    checkLedger(instance, folder),
    ...(await checkOutside(host, instance, now)),
    ...(await checkIssuers(instance.policy, config.gateway.origin)),
    ...(await checkSources(config, instance.policy.projects, host.env)),
    ...checkPolicies(instance.policy, instance.roster),
  ];
}

async function checkOutside(
  host: CommandHost,
  instance: InstanceFacts,
  now: string,
): Promise<readonly Check[]> {
  const { upstreams } = instance.policy;
  const reached = await readUpstreamFacts(upstreams, host);
  return [
    checkClock(now, instance.newestEntryAt, reached),
    ...Object.entries(upstreams).flatMap(([name, one]) =>
      checkUpstream(name, one, reached.get(name), instance, now),
    ),
  ];
}

async function checkTools({ env }: CommandHost): Promise<Check> {
  const found = await findProgram('ssh-keygen', env);
  if (found !== null) return ok('ssh-keygen', found);
  return warn(
    'ssh-keygen',
    'it is not installed here',
    'people sign with it: install the OpenSSH client where they do',
  );
}

function worstOf(checks: readonly Check[]): Check['state'] {
  const order = ['fail', 'unknown', 'warn'] as const;
  return order.find((state) => checks.some((one) => one.state === state)) ?? 'ok';
}

function linesOf({ name, state, says, mend }: Check): readonly Line[] {
  return [
    { style: STYLES[state], text: `${MARKS[state]}  ${name}: ${says}` },
    ...(mend === null ? [] : [`      mend: ${mend}`]),
  ];
}
