import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Trust } from '../../core/genesis.ts';
import { EVIDENCE_MAX_BYTES, parseEvidence } from '../../evidence/bundle.ts';
import { raiseOf } from '../../evidence/requesters.ts';
import { matchFiles, type Verification, verifyEvidence } from '../../evidence/verify.ts';
import { nodeCrypto } from '../../host/node-crypto.ts';
import { describeGoverned } from '../change-text.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { trustOf } from '../connection.ts';
import { hashFile, readTextFile } from '../files.ts';
import { describeRun } from '../review-text.ts';
import type { Line } from '../terminal.ts';

interface VerifyCommandOptions {
  readonly evidence: string;
  readonly trust?: string;
}

/** `countersign verify`: offline, with no server and nothing of the gateway's word. */
export function addVerify(parent: Command, perform: Perform): void {
  parent
    .command('verify')
    .summary('check artifacts against evidence, offline')
    .description(
      'Checks that these files are what was approved: founding, signatures, quorum and ledger\nproofs. Without a trust file it can only say that the evidence agrees with itself (exit 3).',
    )
    .argument('<artifact...>', 'files as a registry serves them')
    .requiredOption('--evidence <file>', 'what "countersign evidence" wrote')
    .option(
      '--trust <file>',
      'trust file, from somewhere else than the evidence; default COUNTERSIGN_TRUST',
    )
    .addHelpText(
      'after',
      examples('countersign verify aitbc-1.2.3.tgz --evidence evidence.json --trust trust.json'),
    )
    .action((artifacts: readonly string[], options: VerifyCommandOptions) =>
      perform((context) => verifyArtifacts(context, artifacts, options)),
    );
}

async function verifyArtifacts(
  { host }: CommandContext,
  artifacts: readonly string[],
  options: VerifyCommandOptions,
): Promise<Outcome> {
  const trust = await trustOf(host, options);
  const path = resolve(host.cwd, options.evidence);
  const bundle = parseEvidence(await readTextFile(path, 'the evidence', EVIDENCE_MAX_BYTES));
  const verified = await verifyEvidence(nodeCrypto, bundle, { trust, now: host.now() });
  const files = await Promise.all(artifacts.map((one) => hashFile(host.cwd, one)));
  const matched = matchFiles(verified.manifest, files);
  return {
    exit: verified.level === 'verified' ? 0 : 3,
    value: {
      level: verified.level,
      genesis: verified.genesis,
      release: verified.manifest.release,
      project: verified.manifest.project,
      tag: verified.manifest.tag,
      manifest: verified.manifestDigest,
      rule: verified.rule,
      approvers: verified.approvers,
      requesters: verified.manifest.requesters.map((one) => one.person),
      ledger: verified.ledger,
      used: verified.used,
      governance: verified.governance,
      files: matched.map(({ file, artifact }) => ({
        path: file.path,
        sha256: file.sha256,
        artifact: artifact.file,
        package: artifact.package,
        version: artifact.version,
      })),
      artifacts: verified.manifest.artifacts.length,
    },
    prose: [
      ...describe(verified, trust),
      ...matched.map(
        ({ file, artifact }): Line => ({
          style: 'good',
          text: `file      ${file.path} is ${artifact.file} of ${artifact.package} ${artifact.version}, sha256 ${file.sha256}`,
        }),
      ),
      ...unchecked(verified, matched.length),
      conclusion(verified),
    ],
  };
}

function describe(verified: Verification, trust: Trust | null): readonly Line[] {
  const { manifest, rule, ledger } = verified;
  return [
    `release   ${manifest.project} ${manifest.tag}, attempt ${manifest.attempt} (${manifest.release})`,
    trust === null
      ? `founding  genesis ${verified.genesis}, which nothing from elsewhere vouches for`
      : `founding  genesis ${verified.genesis}, as the trust file says`,
    ...verified.approvers.map(
      (one) => `approved  by ${one.name} (${one.person}) with ${one.key}, ${one.at}, ${one.client}`,
    ),
    `requester ${manifest.requesters.map((one) => `${one.person} (${one.as})`).join(', ') || 'nobody of the roster'}`,
    ...(manifest.ci ?? []).map((one) => `CI run    ${describeRun(one)}`),
    `rule      ${rule.minimum + raiseOf(manifest.ci ?? [])} people${groupsOf(rule.groups)}, requester ${rule.requester}`,
    `inspected ${manifest.inspection.verdict}, by rule set ${manifest.inspection.ruleSet}`,
    `ledger    ${ledger.origin}, as of entry ${ledger.asOf}`,
    witnessed(ledger.witnesses),
    ...describeGoverned(verified.governance),
    verified.used === null
      ? 'used      not by this evidence: nothing in it says that the release was published'
      : `used      the credential was used at ${verified.used}, after every approval`,
  ];
}

function groupsOf(groups: Readonly<Record<string, number>>): string {
  const parts = Object.entries(groups).map(([name, count]) => `${count} of ${name}`);
  return parts.length === 0 ? '' : `, with ${parts.join(' and ')}`;
}

function witnessed(witnesses: readonly string[]): Line {
  if (witnesses.length > 0) return `witnesses ${witnesses.length}: ${witnesses.join(', ')}`;
  return 'witnesses 0: that everybody is shown this same log rests on the checkpoints people keep';
}

function unchecked(verified: Verification, checked: number): readonly Line[] {
  const total = verified.manifest.artifacts.length;
  return checked >= total
    ? []
    : [`          ${checked} of ${total} approved artifacts were at hand`];
}

function conclusion(verified: Verification): Line {
  if (verified.level === 'verified') {
    return { style: 'good', text: `verified, as of entry ${verified.ledger.asOf} of the ledger` };
  }
  return {
    style: 'bad',
    text: 'consistent only: anyone could have made up this evidence; repeat with --trust FILE from somewhere else',
  };
}
