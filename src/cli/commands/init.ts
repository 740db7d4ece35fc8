import { execFile } from 'node:child_process';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { formatDuration } from '../../core/duration.ts';
import { readGenesis, verifyFounding } from '../../evidence/founding.ts';
import {
  type SignedStatement,
  signedFromJson,
  signedToJson,
} from '../../evidence/signed-statement.ts';
import { decodeCanonical, encodeCanonical } from '../../formats/canonical.ts';
import { encodeUtf8 } from '../../formats/text.ts';
import { type Config, loadConfig } from '../../host/config.ts';
import { discover } from '../../host/discover.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import { VAULT_PASSPHRASE_VARIABLE } from '../../host/secret.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { requireKey } from '../connection.ts';
import { readTextFile, writeNewFile } from '../files.ts';
import {
  draftGenesis,
  ledgerOrigin,
  parseFounder,
  readFounder,
  readRecoveryRule,
  signGenesis,
  trustOfGenesis,
} from '../founding.ts';
import { starterConfig } from '../starter-config.ts';
import { counted, type Line } from '../terminal.ts';
import { readNewPassphrase } from '../vault-passphrase.ts';
import { addInitWorkflow } from './init-workflow.ts';

interface InitOptions {
  readonly config: string;
  readonly founder: readonly string[];
  readonly draft: string;
  readonly trust: string;
  readonly project?: string;
  readonly key?: string;
  readonly passphrase?: boolean;
  readonly recoveryKey: readonly string[];
  readonly recoveryThreshold: string;
  readonly recoveryDelay: string;
}

const DRAFT_MAX_BYTES = 4 * 1024 * 1024;
const collect = (value: string, before: readonly string[]) => [...before, value];

/** `countersign init`: from a folder with packages to a founded instance. */
export function addInit(parent: Command, perform: Perform): void {
  const group = parent
    .command('init')
    .summary('write a configuration, make keys, hold the founding')
    .description(
      'The founding of an instance, step by step: "config" discovers packages, "keys" makes the\npublisher\'s keys, "draft" writes what is to be founded, "sign" is done by each founder, and\n"found" puts it into force. "all" does everything on one machine. "workflow" generates what CI runs.',
    );
  const add = (
    name: string,
    texts: { summary: string; description: string; examples: readonly string[] },
    run: (context: CommandContext, options: InitOptions) => Promise<Outcome>,
    options: (command: Command) => Command = (one) => one,
  ) =>
    options(
      group
        .command(name)
        .summary(texts.summary)
        .description(texts.description)
        .option('--config <file>', 'the configuration', 'countersign.yaml')
        .addHelpText('after', examples(...texts.examples)),
    ).action((given: InitOptions) => perform((context) => run(context, given)));
  const founders = (one: Command) =>
    one.option(
      '--founder <id:Name:groups:keyfile>',
      'a founder; stands at least twice. groups: comma-separated, may be empty',
      collect,
      [],
    );
  const draft = (one: Command) =>
    one.option('--draft <file>', 'the draft; signatures stand beside it', 'genesis.json');
  const trust = (one: Command) =>
    one.option('--trust <file>', 'where to write the trust file to keep elsewhere', 'trust.json');
  const recovery = (one: Command) =>
    one
      .option(
        '--recovery-key <file>',
        'public key of an offline key that can refound a lost quorum; stands several times',
        collect,
        [],
      )
      .option('--recovery-threshold <count>', 'how many of them it takes, 2 at least', '2')
      .option('--recovery-delay <duration>', 'how long members can veto it, 1d to 90d', '7d');
  const passphrase = (one: Command) =>
    one.option(
      '--passphrase',
      'put the vault under a passphrase instead of a key file: from COUNTERSIGN_VAULT_PASSPHRASE, or typed unseen',
    );
  add(
    'config',
    {
      summary: 'discover packages and write a commented configuration',
      description: 'Discovers npm workspaces and Python projects, and writes countersign.yaml.',
      examples: ['countersign init config --project aitbc'],
    },
    writeConfig,
    (one) => founders(one).option('--project <name>', 'name of the project; default: this folder'),
  );
  add(
    'keys',
    {
      summary: "make the publisher's keys",
      description:
        "Makes wrapping key, deposit key and ledger key in the data folder's publisher/. With\n--passphrase there is no wrapping key: Argon2id makes it anew from the passphrase, which the\npublisher then needs in COUNTERSIGN_VAULT_PASSPHRASE at every start.",
      examples: ['countersign init keys', 'countersign init keys --passphrase'],
    },
    makeKeys,
    passphrase,
  );
  add(
    'draft',
    {
      summary: 'write the genesis that all founders will sign',
      description:
        'Puts roster, rules and keys into one document. Refuses what could never reach a quorum.',
      examples: [
        'countersign init draft --founder alice:Alice:security-team:alice.pub --founder bob:Bob::bob.pub',
        'countersign init draft --founder ... --founder ... --recovery-key r1.pub --recovery-key r2.pub --recovery-key r3.pub',
      ],
    },
    writeDraft,
    (one) => draft(recovery(founders(one))),
  );
  add(
    'sign',
    {
      summary: 'sign the draft, as one founder',
      description: 'Shows what is founded and signs it. Each founder does this with their own key.',
      examples: ['countersign init sign --draft genesis.json --key ~/.ssh/id_ed25519'],
    },
    signDraft,
    (one) => draft(one).option('--key <file>', 'your SSH key; default COUNTERSIGN_KEY'),
  );
  add(
    'found',
    {
      summary: 'put the signed genesis into force',
      description: 'Verifies all signatures, begins the ledger and writes the trust file.',
      examples: ['countersign init found --draft genesis.json'],
    },
    found,
    (one) => trust(draft(one)),
  );
  add(
    'all',
    {
      summary: 'all of it on one machine, with the private keys of all founders',
      description:
        'Keys, draft, signatures and founding in one go, for trying out. For real use each\nfounder runs "init sign" on their own machine.',
      examples: [
        'countersign init all --founder alice:Alice:security-team:alice --founder bob:Bob:release-managers:bob',
      ],
    },
    doAll,
    (one) => trust(draft(passphrase(recovery(founders(one))))),
  );
  addInitWorkflow(group, perform);
}

async function writeConfig({ host }: CommandContext, options: InitOptions): Promise<Outcome> {
  const found = await discover(host.cwd);
  const project = options.project ?? basename(host.cwd).replaceAll(/[^A-Za-z0-9._-]/g, '-');
  const npmRegistry = await configuredRegistry(host.cwd);
  const text = starterConfig({ project, found, npmRegistry, founders: options.founder.length });
  await writeNewFile(resolve(host.cwd, options.config), text);
  return {
    exit: 0,
    value: { file: options.config, project, ...found },
    prose: [
      `${options.config}: project ${project} with ${counted(found.packages.filter((one) => !one.private).length, 'package')}`,
      ...found.packages.map(
        (one) =>
          `  ${one.ecosystem} ${one.name} in ${one.path}${one.private ? ', private: left out' : ''}`,
      ),
      ...found.skipped.map((one) => `  skipped ${one.path}: ${one.reason}`),
      'next: read it, fill in addresses, then countersign init keys',
    ],
  };
}

/** What npm on this machine is configured with; null where there is no npm. */
function configuredRegistry(cwd: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('npm', ['config', 'get', 'registry'], { cwd, timeout: 20_000 }, (error, stdout) => {
      const url = error === null ? URL.parse(stdout.trim()) : null;
      const usable = url !== null && /^https?:$/.test(url.protocol) && url.password === '';
      resolve(usable ? url.href : null);
    });
  });
}

function readSettings({ host }: CommandContext, options: InitOptions): Promise<Config> {
  return loadConfig(resolve(host.cwd, options.config));
}

async function makeKeys(context: CommandContext, options: InitOptions): Promise<Outcome> {
  const config = await readSettings(context, options);
  const secret = options.passphrase === true ? await readNewPassphrase(context) : null;
  const keys = await context.host.createKeys(config, ledgerOrigin(config), secret);
  const { data } = config.gateway;
  return {
    exit: 0,
    value: { data, keys, vault: secret === null ? 'key-file' : 'passphrase' },
    prose: [
      ...(secret === null
        ? [
            `${data}: wrapping key, deposit key and ledger key, for the publisher alone`,
            'keep a copy offline: without the wrapping key all credentials are lost',
          ]
        : [
            `${data}: deposit key and ledger key, for the publisher alone; the vault is under the passphrase`,
            'keep passphrase and keys offline: without the passphrase all credentials are lost',
            `the publisher needs ${VAULT_PASSPHRASE_VARIABLE} at every start`,
          ]),
      'next: countersign init draft --founder ...',
    ],
  };
}

async function writeDraft(context: CommandContext, options: InitOptions): Promise<Outcome> {
  const { host } = context;
  const config = await readSettings(context, options);
  const people = [];
  for (const words of options.founder.map(parseFounder)) {
    people.push(await readFounder(words, host.signer(resolve(host.cwd, words.keyFile))));
  }
  const recovery = await readRecoveryRule(options, (file) => host.signer(resolve(host.cwd, file)));
  const keys = await host.readKeys(config);
  const text = await draftGenesis(config, { keys, people, recovery }, host.now());
  await writeNewFile(resolve(host.cwd, options.draft), text);
  const { genesis } = await trustOfGenesis(text);
  return {
    exit: 0,
    value: { file: options.draft, genesis, founders: people.map((one) => one.id) },
    prose: [
      `${options.draft}: genesis ${genesis}`,
      ...people.map(
        (one) => `next: countersign init sign --draft ${options.draft} --key KEY, by ${one.id}`,
      ),
    ],
  };
}

const signatureFile = (draft: string, person: string) => `${draft}.${person}.sig`;

async function readDraft({ host }: CommandContext, options: InitOptions): Promise<string> {
  return readTextFile(resolve(host.cwd, options.draft), 'the draft', DRAFT_MAX_BYTES);
}

async function signDraft(context: CommandContext, options: InitOptions): Promise<Outcome> {
  const { host } = context;
  const draft = await readDraft(context, options);
  const signer = requireKey(host, options.key === undefined ? {} : { key: options.key });
  const { person, statement } = await signGenesis(draft, signer);
  const file = signatureFile(options.draft, person.id);
  await writeNewFile(resolve(host.cwd, file), encodeCanonical(signedToJson(statement)));
  const { genesis } = await trustOfGenesis(draft);
  return {
    exit: 0,
    value: { file, person: person.id, genesis },
    prose: [...(await describeDraft(draft)), `${file}: signed by ${person.id}`],
  };
}

/** What a founder puts their name to. */
async function describeDraft(draft: string): Promise<readonly Line[]> {
  const { genesis } = await trustOfGenesis(draft);
  const { document } = await readGenesis(nodeCrypto, draft);
  return [
    { style: 'strong', text: `${document.name}, genesis ${genesis}` },
    ...document.roster.people.map(
      (one) =>
        `  founder  ${one.id} (${one.name}), ${one.groups.join(', ') || 'no groups'}, ${counted(one.keys.length, 'key')}`,
    ),
    document.recovery === undefined
      ? '  recovery none: a quorum that is lost is lost for good'
      : `  recovery ${document.recovery.threshold} of ${counted(document.recovery.keys.length, 'offline key')}, ${formatDuration(document.recovery.delaySeconds)} after everybody was shown`,
    ...Object.entries(document.policy.upstreams).map(
      ([name, one]) => `  upstream ${name}: ${one.url} (${one.mode})`,
    ),
    ...Object.entries(document.policy.projects).map(
      ([name, one]) => `  project  ${name}: ${one.packages.map((item) => item.name).join(', ')}`,
    ),
    ...Object.entries(document.policy.policies).map(
      ([name, { approvals }]) =>
        `  policy   ${name}: ${approvals.minimum} people${Object.entries(approvals.groups)
          .map(([group, count]) => `, ${count} of ${group}`)
          .join('')}, requester ${approvals.requester}`,
    ),
  ];
}

async function found(context: CommandContext, options: InitOptions): Promise<Outcome> {
  const { host } = context;
  const config = await readSettings(context, options);
  const draft = await readDraft(context, options);
  const { document } = await readGenesis(nodeCrypto, draft);
  const signatures: SignedStatement[] = [];
  for (const { id } of document.roster.people) {
    const path = resolve(host.cwd, signatureFile(options.draft, id));
    const text = await readTextFile(path, `the signature of ${id}`, 64 * 1024);
    const value = decodeCanonical(encodeUtf8(text), { what: `the signature of ${id}` });
    signatures.push(signedFromJson(value, 'signature'));
  }
  const founded = await verifyFounding(nodeCrypto, draft, signatures);
  const copy = resolve(host.cwd, options.trust);
  const trust = await trustOfGenesis(draft);
  // Written first: it is public, and a founding without it would have no anchor.
  await writeNewFile(copy, `${JSON.stringify(trust, null, 2)}\n`);
  await host.found(config, draft, signatures, trust);
  return {
    exit: 0,
    value: {
      genesis: founded.digest,
      founders: founded.founders,
      trust: copy,
      ledger: trust.ledger,
    },
    prose: [
      {
        style: 'good',
        text: `founded by ${founded.founders.join(', ')}: genesis ${founded.digest}`,
      },
      `${options.trust}: the trust file. Keep it somewhere else, and hand it to whoever verifies.`,
      'next: countersign doctor, then countersign serve',
    ],
  };
}

async function doAll(context: CommandContext, options: InitOptions): Promise<Outcome> {
  const { host } = context;
  await makeKeys(context, options);
  await writeDraft(context, options);
  for (const words of options.founder.map(parseFounder)) {
    await signDraft(context, { ...options, key: resolve(host.cwd, words.keyFile) });
  }
  return found(context, options);
}
