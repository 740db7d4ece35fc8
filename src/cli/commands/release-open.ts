import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Client } from '../../client/client.ts';
import { choosePolicy } from '../../core/choose-policy.ts';
import { CountersignError } from '../../core/errors.ts';
import type { Opening } from '../../core/manifest.ts';
import { isReleaseId, type ReleaseId } from '../../core/names.ts';
import type { Project } from '../../core/policy.ts';
import { encodeInstanceStatement, type SignedStatement } from '../../evidence/signed-statement.ts';
import { createUuidV7, UUID_RANDOM_BYTES } from '../../formats/uuid.ts';
import type { OpenAnswer, OpenRequest } from '../../gateway/gateway.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import {
  addServerOptions,
  originOf,
  requireKey,
  type ServerOptions,
  withClient,
} from '../connection.ts';
import { writeNewFile } from '../files.ts';
import { fetchInstance, type Instance } from '../instance.ts';
import { describeRelease } from '../release-view.ts';
import { signStatement } from '../statement.ts';
import type { Line } from '../terminal.ts';
import { UPLOAD_VARIABLE, uploadAddresses, uploadInstructions } from '../upload-instructions.ts';

interface OpenOptions extends ServerOptions {
  readonly project: string;
  readonly tag?: string;
  readonly commit?: string;
  readonly version?: string;
  readonly byHand?: boolean;
  readonly confirm?: string;
  readonly policy?: string;
  readonly distTag?: string;
  readonly package: readonly string[];
  readonly credentialFile?: string;
  readonly breakGlass?: string;
}

interface ReopenOptions extends ServerOptions {
  readonly confirm?: string;
  readonly package: readonly string[];
  readonly credentialFile?: string;
}

type Wanted = Omit<OpenRequest, 'statement' | 'reopens'> & { readonly reopens: ReleaseId | null };

const collect = (value: string, before: readonly string[]) => [...before, value];

/** `countersign release open`. */
export function addReleaseOpen(group: Command, perform: Perform): void {
  addServerOptions(
    group
      .command('open')
      .summary('begin a release and get its upload credential')
      .description(
        'Opens a release by tag, by commit (for tools that tag afterwards) or by hand. You sign\nthat you asked for it with --key; CI uses the project credential in COUNTERSIGN_TOKEN.\nThe upload credential is shown once.',
      )
      .requiredOption('--project <name>', 'the project in countersign.yaml')
      .option('--tag <tag>', 'the git tag that is released')
      .option('--commit <hash>', 'the commit; without --tag the tag comes afterwards')
      .option(
        '--version <version>',
        'the version, where there is no --tag; the tag is then vVERSION',
      )
      .option('--by-hand', 'neither tag nor commit stands behind it; see --confirm')
      .option('--confirm <word>', 'the word that the policy asks for when opening by hand')
      .option('--policy <name>', 'one policy; default: the first of the project that takes the tag')
      .option('--dist-tag <tag>', 'npm dist-tag to move instead of latest')
      .option('--package <name>', 'only this package; may stand several times', collect, [])
      .option(
        '--break-glass <reason>',
        'an emergency: any two people suffice, everybody is told, a review is due',
      )
      .option(
        '--credential-file <file>',
        'write the upload credential into this new file, mode 0600',
      )
      .addHelpText(
        'after',
        examples(
          'countersign release open --project aitbc --tag v1.2.3',
          'countersign release open --project aitbc --commit 4b825dc --version 1.2.3 --json',
          'countersign release open --project aitbc --by-hand --version 1.2.4 --confirm release',
        ),
      ),
  ).action((options: OpenOptions) => perform((context) => openRelease(context, options)));
}

/** `countersign release reopen`. */
export function addReleaseReopen(group: Command, perform: Perform): void {
  addServerOptions(
    group
      .command('reopen')
      .summary('the next attempt of a refused, expired or cancelled release')
      .description('Opens the next attempt. Unchanged artifacts are taken over, approvals never.')
      .argument('<release>', 'id or short id of the last attempt')
      .option('--confirm <word>', 'the word that the policy asks for when opening by hand')
      .option('--package <name>', 'only this package; may stand several times', collect, [])
      .option(
        '--credential-file <file>',
        'write the upload credential into this new file, mode 0600',
      )
      .addHelpText('after', examples('countersign release reopen 4k2v9d1m7q')),
  ).action((reference: string, options: ReopenOptions) =>
    perform((context) => reopenRelease(context, reference, options)),
  );
}

async function openRelease(context: CommandContext, options: OpenOptions): Promise<Outcome> {
  const wanted: Wanted = {
    project: options.project,
    ...readSource(options),
    commit: options.commit ?? null,
    confirmation: options.confirm ?? null,
    policy: options.policy ?? null,
    packages: options.package,
    distTag: options.distTag ?? null,
    reopens: null,
  };
  return withClient(context, options, (client) => open(context, client, options, wanted));
}

/** The three ways to open, told apart strictly: a forgotten option must not choose another way. */
function readSource(options: OpenOptions): Pick<Wanted, 'tag' | 'opened'> {
  const { tag, commit, version, byHand } = options;
  const given = [tag !== undefined && 'tag', version !== undefined && 'version'].filter(Boolean);
  if (given.length !== 1) {
    throw new CountersignError(
      'usage',
      `expected either --tag or --version, found ${given.length === 0 ? 'neither' : 'both'}`,
    );
  }
  if (byHand === true) {
    if (commit !== undefined)
      throw new CountersignError('usage', 'expected --by-hand without --commit');
    return { tag: tag ?? `v${version}`, opened: 'by-hand' };
  }
  if (tag !== undefined) return { tag, opened: 'by-tag' };
  if (commit === undefined) {
    throw new CountersignError('usage', 'expected --commit with --version, found none', {
      hint: 'add --commit HASH, or --by-hand where there is no commit',
    });
  }
  return { tag: `v${version}`, opened: 'by-commit' };
}

async function reopenRelease(
  context: CommandContext,
  reference: string,
  options: ReopenOptions,
): Promise<Outcome> {
  return withClient(context, options, async (client) => {
    const before = await client.release(reference);
    return open(context, client, options, {
      project: before.project,
      tag: before.tag,
      opened: before.opened,
      commit: before.commit,
      confirmation: options.confirm ?? null,
      policy: before.policy,
      packages: options.package,
      distTag: before.distTag,
      reopens: before.id,
    });
  });
}

async function open(
  context: CommandContext,
  client: Client,
  options: ServerOptions & Pick<OpenOptions, 'credentialFile' | 'breakGlass'>,
  wanted: Wanted,
): Promise<Outcome> {
  const { host } = context;
  const instance = await fetchInstance(host, client);
  const project = requireProject(instance, wanted.project);
  const hasKey = (options.key ?? host.env['COUNTERSIGN_KEY'] ?? '') !== '';
  const statement = hasKey ? await signOpening(context, options, instance, project, wanted) : null;
  const answer = await client.open({ ...wanted, statement });
  return handOver(context, options, project, answer);
}

function requireProject({ state }: Instance, name: string): Project {
  const { projects } = state.policy;
  const found = Object.hasOwn(projects, name) ? projects[name] : undefined;
  if (found !== undefined) return found;
  throw new CountersignError(
    'not-found',
    `expected one of the projects ${Object.keys(projects).join(', ') || '(there are none)'}, found ${name}`,
  );
}

/** The tag is judged here first, so that a malformed one costs nobody a signature. */
async function signOpening(
  { host }: CommandContext,
  options: ServerOptions & Pick<OpenOptions, 'breakGlass'>,
  { digest, state }: Instance,
  project: Project,
  wanted: Wanted,
): Promise<SignedStatement> {
  const chosen = choosePolicy(state.policy, project, wanted.tag, wanted.policy);
  const id = createUuidV7(Date.parse(host.now()), host.random(UUID_RANDOM_BYTES));
  if (!isReleaseId(id)) throw new CountersignError('internal', 'a new release id is no UUIDv7');
  const predicate: Opening = {
    schema: 'countersign/open/v1',
    genesis: digest,
    release: id,
    project: wanted.project,
    tag: wanted.tag,
    version: chosen.version,
    commit: wanted.commit,
    opened: wanted.opened,
    policy: chosen.name,
    packages: wanted.packages,
    distTag: wanted.distTag,
    reopens: wanted.reopens,
    issuedAt: host.now(),
    ...(options.breakGlass === undefined ? {} : { breakGlass: options.breakGlass }),
  };
  const payload = encodeInstanceStatement('open', digest, predicate);
  return signStatement(requireKey(host, options), 'open', payload);
}

/**
 * The credential goes to the screen or to a file, never to both; and to neither where an attempt took
 * over all it needs, since nothing can be uploaded any more.
 */
async function handOver(
  { host }: CommandContext,
  options: ServerOptions & { readonly credentialFile?: string },
  project: Project,
  { release, upload, reused }: OpenAnswer,
): Promise<Outcome> {
  const origin = originOf(host, options);
  const receives = release.state === 'receiving';
  const envFile =
    !receives || options.credentialFile === undefined
      ? null
      : resolve(host.cwd, options.credentialFile);
  if (envFile !== null) {
    await writeNewFile(envFile, `${UPLOAD_VARIABLE}=${upload.token}\n`, { secret: true });
  }
  const ecosystems = new Set(project.packages.map((one) => one.ecosystem));
  const credential: readonly Line[] =
    envFile === null
      ? [`export ${UPLOAD_VARIABLE}=${upload.token}`]
      : [`set -a; . ${envFile}; set +a`];
  const handedOver: readonly Line[] = [
    '',
    `The upload credential is for this release alone and good until ${upload.expiresAt}.${envFile === null ? ' It is shown once.' : ''}`,
    ...credential,
    ...uploadInstructions(origin, ecosystems, release.distTag),
  ];
  return {
    exit: 0,
    value: {
      release: release.id,
      shortId: release.shortId,
      state: release.state,
      upload: {
        token: receives && envFile === null ? upload.token : null,
        expiresAt: upload.expiresAt,
        envFile,
      },
      reused,
      missing: release.missing,
      registries: uploadAddresses(origin),
    },
    prose: [
      ...describeRelease(release),
      ...reused.map((file) => `reused     ${file}`),
      ...(receives ? handedOver : ['nothing is missing: nothing is to be uploaded']),
    ],
  };
}
