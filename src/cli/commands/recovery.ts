import { resolve } from 'node:path';
import type { Command } from 'commander';
import { formatDuration } from '../../core/duration.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Genesis } from '../../core/genesis.ts';
import type { Recovery, veto } from '../../core/governance.ts';
import { describeChange } from '../../core/governance-difference.ts';
import { person as personReader, roster as rosterReader } from '../../core/roster.ts';
import type { Read } from '../../core/shape.ts';
import { encodeInstanceStatement } from '../../evidence/signed-statement.ts';
import { formatSshPublicKey } from '../../formats/ssh-key.ts';
import { decodeUtf8, encodeUtf8 } from '../../formats/text.ts';
import { loadConfig } from '../../host/config.ts';
import { describeDifferences, describeNewKeys } from '../change-text.ts';
import {
  type CommandContext,
  type CommandHost,
  examples,
  type Outcome,
  type Perform,
} from '../command.ts';
import {
  addServerOptions,
  anonymousClient,
  requireKey,
  type ServerOptions,
  withClient,
} from '../connection.ts';
import { readEnrolment } from '../enrolment-file.ts';
import { parseJson, readTextFile } from '../files.ts';
import { fetchInstance, type Instance, readInstanceFile } from '../instance.ts';
import { composeChange, stepsOf, type Wanted } from '../proposal.ts';
import {
  openRecoveryFile,
  type RecoveryFile,
  readRecoveryFile,
  withSignature,
  writeRecoveryFile,
} from '../recovery-file.ts';
import { requireSuspended } from '../roster-edit.ts';
import { requireSigner, signStatement } from '../statement.ts';
import { counted, type Line } from '../terminal.ts';
import { parseSubject } from './suspend.ts';

interface InstanceOptions extends ServerOptions {
  readonly instance?: string;
}

interface DraftOptions extends InstanceOptions {
  readonly roster?: string;
  readonly config?: string;
  readonly enrolment: readonly string[];
  readonly reinstate: readonly string[];
  readonly reason: string;
  readonly output: string;
}

interface SignOptions extends InstanceOptions {
  readonly recoveryKey: readonly string[];
  readonly output: string;
}

interface VetoOptions extends ServerOptions {
  readonly reason: string;
}

const collect = (value: string, before: readonly string[]) => [...before, value];

/** `countersign recovery ...`: refounding a quorum that is lost. */
export function addRecovery(parent: Command, perform: Perform): void {
  const group = parent
    .command('recovery')
    .summary('refound a lost quorum with the offline keys of the genesis')
    .description(
      'When so many people or keys are gone that no quorum is left: holders of the offline keys that\nthe genesis names sign a new roster or rules. The log shows it, every member can veto it until\nthe delay is over, and "verify" names it for ever after.',
    );
  addDraft(group, perform);
  addSign(group, perform);
  addServerOptions(
    group
      .command('start')
      .summary('show a signed recovery to everybody; the delay begins')
      .description(
        'Sends the recovery. The publisher writes it to the log, where its delay begins; when nobody\nvetoes it in time, the publisher brings it into force.',
      )
      .argument('<file>', 'signed by enough recovery keys')
      .addHelpText('after', examples('countersign recovery start signed.json')),
  ).action((file: string, options: ServerOptions) =>
    perform((context) => start(context, file, options)),
  );
  addServerOptions(
    group
      .command('veto')
      .summary('end a recovery that waits; one member suffices')
      .description('Signs a veto against the recovery that waits. It cannot be taken back.')
      .requiredOption('--reason <text>', 'why; it is signed and shown to everybody')
      .addHelpText('after', examples('countersign recovery veto --reason "we are all here"')),
  ).action((options: VetoOptions) => perform((context) => vetoWaiting(context, options)));
}

function instanceOptions(command: Command): Command {
  return addServerOptions(command).option(
    '--instance <file>',
    'what GET /api/v1/genesis answered, for a machine without network',
  );
}

function instanceOf(host: CommandHost, options: InstanceOptions): Promise<Instance> {
  return options.instance === undefined
    ? fetchInstance(host, anonymousClient(host, options))
    : readInstanceFile(host, options.instance);
}

function addDraft(group: Command, perform: Perform): void {
  instanceOptions(
    group
      .command('draft')
      .summary('write what the recovery keys will sign')
      .description(
        'Writes a recovery: another roster (edit what "roster show -o" wrote), other rules, or who counts\nagain. Every new key needs the enrolment that its owner made with "roster enrol".',
      )
      .option('--roster <file>', 'people and bots as "roster show -o" writes them, edited')
      .option('--config <file>', 'a countersign.yaml with the next rules')
      .option('--enrolment <file>', 'proof of a new key; may stand several times', collect, [])
      .option(
        '--reinstate <kind:id>',
        'person:ID or key:FINGERPRINT that counts again; may stand several times',
        collect,
        [],
      )
      .requiredOption('--reason <text>', 'why; it is signed and named for ever after')
      .requiredOption('-o, --output <file>', 'the new file')
      .addHelpText(
        'after',
        examples(
          'countersign recovery draft --roster roster.json --enrolment carol.enrolment.json --reason "two devices lost" -o recovery.json',
        ),
      ),
  ).action((options: DraftOptions) => perform((context) => draft(context, options)));
}

function addSign(group: Command, perform: Perform): void {
  instanceOptions(
    group
      .command('sign')
      .summary('add the signature of a recovery key')
      .description(
        'Recomputes what the recovery changes, shows it, and adds signatures. Needs no session; with\n--instance no network either. Each holder signs what the one before wrote.',
      )
      .argument('<file>', 'what "recovery draft" or the holder before wrote')
      .requiredOption(
        '--recovery-key <file>',
        'an offline key that the genesis names; may stand several times',
        collect,
        [],
      )
      .requiredOption('-o, --output <file>', 'the new file, with the signatures')
      .addHelpText(
        'after',
        examples(
          'countersign recovery sign recovery.json --recovery-key /media/usb/recovery-1 -o signed-1.json',
          'countersign recovery sign signed-1.json --recovery-key /media/usb/recovery-2 -o signed.json',
        ),
      ),
  ).action((file: string, options: SignOptions) =>
    perform((context) => sign(context, file, options)),
  );
}

/** Throws `usage` for an instance whose genesis names no recovery keys. */
function requireRecovery({ genesis }: Instance): NonNullable<Genesis['recovery']> {
  if (genesis.recovery !== undefined) return genesis.recovery;
  throw new CountersignError('usage', 'the genesis of this instance names no recovery keys', {
    hint: 'a quorum that is lost is then lost for good: found anew, and hand out a new trust file',
  });
}

async function draft({ host }: CommandContext, options: DraftOptions): Promise<Outcome> {
  const instance = await instanceOf(host, options);
  requireRecovery(instance);
  const { digest, state } = instance;
  const wanted = await readWanted(host, options, instance);
  const { change, documents } = await composeChange(state, wanted);
  const predicate: Recovery = {
    schema: 'countersign/recovery/v1',
    genesis: digest,
    ...(await stepsOf(state, change, wanted.enrolments ?? [])),
    reason: options.reason,
    issuedAt: host.now(),
  };
  const file: RecoveryFile = {
    schema: 'countersign/recovery-file/v1',
    payload: decodeUtf8(encodeInstanceStatement('recovery', digest, predicate)),
    statements: [],
    enrolments: wanted.enrolments ?? [],
    documents,
  };
  const lines = await describe(instance, file);
  await writeRecoveryFile(host, options.output, file);
  return {
    exit: 0,
    value: { file: options.output, differences: describeChange(state, change) },
    prose: [
      ...lines,
      `next       countersign recovery sign ${options.output} --recovery-key KEY -o FILE`,
    ],
  };
}

async function readWanted(
  host: CommandHost,
  options: DraftOptions,
  { digest, state }: Instance,
): Promise<Wanted> {
  const policy =
    options.config === undefined
      ? undefined
      : (await loadConfig(resolve(host.cwd, options.config))).proposal;
  const roster =
    options.roster === undefined ? undefined : await readRosterFile(host, options.roster);
  const enrolments = [];
  for (const one of options.enrolment) {
    const read = await readEnrolment(host, one, digest, policy?.passkeys ?? state.policy.passkeys);
    enrolments.push(read.statement);
  }
  const reinstate = options.reinstate.map((one) => {
    const at = one.indexOf(':');
    return requireSuspended(state, parseSubject(one.slice(0, at), one.slice(at + 1)));
  });
  if (roster === undefined && policy === undefined && reinstate.length === 0) {
    throw new CountersignError('usage', 'expected --roster, --config or --reinstate, found none', {
      hint: 'countersign roster show -o roster.json writes the roster in force, to be edited',
    });
  }
  return {
    ...(roster === undefined ? {} : { roster }),
    ...(policy === undefined ? {} : { policy }),
    enrolments,
    reinstate,
  };
}

async function readRosterFile(host: CommandHost, file: string) {
  const text = await readTextFile(resolve(host.cwd, file), 'the roster', 16 * 1024 * 1024);
  const value = parseJson(text, 'the roster');
  const parts = typeof value === 'object' && value !== null ? value : {};
  const whole = { schema: 'countersign/roster/v1', version: 1, previous: null, ...parts };
  const { people, bots } = rosterReader(whole, 'roster');
  return { people: people.map((one) => personReader(one, 'person')), bots };
}

async function sign(
  { host, terminal }: CommandContext,
  file: string,
  options: SignOptions,
): Promise<Outcome> {
  const instance = await instanceOf(host, options);
  const { keys, threshold } = requireRecovery(instance);
  let signed = await readRecoveryFile(host, file);
  terminal.print(await describe(instance, signed));
  for (const path of options.recoveryKey) {
    const signer = host.signer(resolve(host.cwd, path));
    const publicKey = formatSshPublicKey(await signer.publicKey());
    if (!keys.includes(publicKey)) {
      throw new CountersignError(
        'signature-invalid',
        `${path}: expected a recovery key of the genesis, found ${publicKey}`,
      );
    }
    const statement = await signStatement(signer, 'recovery', encodeUtf8(signed.payload));
    signed = withSignature(signed, statement);
  }
  await writeRecoveryFile(host, options.output, signed);
  const have = signed.statements.length;
  return {
    exit: 0,
    value: { file: options.output, signatures: have, threshold },
    prose: [
      `${options.output}: ${counted(have, 'signature')} of ${threshold} that it takes`,
      have < threshold
        ? `next       countersign recovery sign ${options.output} --recovery-key KEY -o FILE, by another holder`
        : `next       countersign recovery start ${options.output}`,
    ],
  };
}

async function describe(instance: Instance, file: RecoveryFile): Promise<readonly Line[]> {
  const { change, newKeys, recovery } = await openRecoveryFile(instance, file);
  return [
    { style: 'strong', text: `recovery of ${instance.genesis.name}: ${recovery.reason}` },
    ...describeDifferences(describeChange(instance.state, change)),
    ...describeNewKeys(newKeys),
  ];
}

async function start(
  { host }: CommandContext,
  name: string,
  options: ServerOptions,
): Promise<Outcome> {
  const client = anonymousClient(host, options);
  const instance = await fetchInstance(host, client);
  requireRecovery(instance);
  const file = await readRecoveryFile(host, name);
  const lines = await describe(instance, file);
  const { statements, enrolments, documents } = file;
  const answer = await client.recover({ statements, enrolments, documents });
  return {
    exit: 0,
    value: answer,
    prose: [
      ...lines,
      `recovery   ${answer.digest}`,
      `it comes into force ${formatDuration(answer.delaySeconds)} after the log shows it, unless a member vetoes it`,
      'see        countersign roster show',
    ],
  };
}

async function vetoWaiting(context: CommandContext, options: VetoOptions): Promise<Outcome> {
  const { host } = context;
  return withClient(context, options, async (client) => {
    const { digest, state } = await fetchInstance(host, client);
    if (state.recovery === null) {
      throw new CountersignError('state-conflict', 'no recovery waits', {
        hint: 'countersign roster show tells when one does',
      });
    }
    const signer = requireKey(host, options);
    const person = await requireSigner(signer, state.roster);
    const predicate: Read<typeof veto> = {
      schema: 'countersign/veto/v1',
      genesis: digest,
      recovery: state.recovery.digest,
      person: person.id,
      reason: options.reason,
      issuedAt: host.now(),
    };
    const payload = encodeInstanceStatement('veto', digest, predicate);
    await client.vetoRecovery(await signStatement(signer, 'veto', payload));
    return {
      exit: 0,
      value: { recovery: state.recovery.digest, by: person.id },
      prose: [{ style: 'good', text: `vetoed by ${person.id}; roster and rules stay as they are` }],
    };
  });
}
