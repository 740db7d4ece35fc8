/**
 * Writes a blob and waits to be killed: `keep-blob.ts FOLDER TEXT finish|commit`. Prints its digest
 * when it is finished, and `committed` when it is. `FOLDER TEXT exit` commits and ends.
 */
import { createFileBlobs } from '../../../src/blobs/file-blobs.ts';
import { encodeUtf8 } from '../../../src/formats/text.ts';

const [folder = '', text = '', until = 'exit'] = process.argv.slice(2);
const blobs = await createFileBlobs({ folder });
const writer = await blobs.begin(1_000_000);
await writer.write(encodeUtf8(text));
process.stdout.write(`${(await writer.finish()).sha256}\n`);
if (until !== 'finish') {
  await writer.commit();
  process.stdout.write('committed\n');
}
if (until !== 'exit') setInterval(() => undefined, 60_000);
