import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CountersignError } from '../../core/errors.ts';
import { EVIDENCE_MAX_BYTES, parseEvidence } from '../../evidence/bundle.ts';
import { encodeUtf8 } from '../../formats/text.ts';
import { type CommandContext, examples, type Outcome, type Perform } from '../command.ts';
import { addServerOptions, type ServerOptions, withClient } from '../connection.ts';
import { layOutEvidence } from '../evidence-folder.ts';
import { readTextFile, writeNewFile } from '../files.ts';

/** `countersign evidence REL -o FILE` and `countersign evidence unpack FILE DIR`. */
export function addEvidence(parent: Command, perform: Perform): void {
  const group = parent
    .command('evidence')
    .summary('export what a third party needs, or lay out its parts')
    .description(
      'The evidence of a release: everything that a stranger needs beside the trust file.',
    );
  addServerOptions(
    group
      .command('export', { isDefault: true })
      .summary('write the evidence of a release into a file')
      .description('Fetches the evidence bundle of a release. "export" may be left out.')
      .argument('<release>', 'id or short id')
      .requiredOption('-o, --output <file>', 'where to write it; never replaces a file')
      .addHelpText('after', examples('countersign evidence 4k2v9d1m7q -o evidence.json')),
  ).action((reference: string, options: ServerOptions & { readonly output: string }) =>
    perform((context) => exportEvidence(context, reference, options)),
  );
  group
    .command('unpack')
    .summary('lay out the parts for ssh-keygen and others')
    .description(
      'Writes each part of an evidence file into a folder, in the forms that ssh-keygen and\ntransparency-log tools read, with a README.txt that says how to check them.',
    )
    .argument('<file>', 'an evidence file')
    .argument('<folder>', 'a folder that is new or empty')
    .addHelpText('after', examples('countersign evidence unpack evidence.json parts'))
    .action((file: string, folder: string) =>
      perform((context) => unpackEvidence(context, file, folder)),
    );
}

async function exportEvidence(
  context: CommandContext,
  reference: string,
  options: ServerOptions & { readonly output: string },
): Promise<Outcome> {
  const text = await withClient(context, options, (client) => client.evidence(reference));
  const bundle = parseEvidence(text);
  const path = resolve(context.host.cwd, options.output);
  await writeNewFile(path, text);
  return {
    exit: 0,
    value: { file: path, approvals: bundle.approvals.length, sizeBytes: encodeUtf8(text).length },
    prose: [
      `${options.output}: evidence with ${bundle.approvals.length} signatures, not verified yet`,
      `next: countersign verify ARTIFACT... --evidence ${options.output} --trust FILE`,
    ],
  };
}

async function unpackEvidence(
  { host }: CommandContext,
  file: string,
  folder: string,
): Promise<Outcome> {
  const text = await readTextFile(resolve(host.cwd, file), 'the evidence', EVIDENCE_MAX_BYTES);
  const { files, signatures } = layOutEvidence(parseEvidence(text));
  const target = resolve(host.cwd, folder);
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) {
    throw new CountersignError('state-conflict', `expected ${folder} to be empty, found files`, {
      hint: 'name a new folder',
    });
  }
  for (const [name, content] of files) await writeNewFile(join(target, name), content);
  return {
    exit: 0,
    value: {
      folder: target,
      files: [...files.keys()],
      commands: signatures.flatMap((one) => one.commands),
    },
    prose: [
      `${folder}: ${files.size} files; nothing in them has been verified`,
      `next: read ${join(folder, 'README.txt')}`,
    ],
  };
}
