import { CountersignError } from '../core/errors.ts';
import type { Gateway, Receipt, Upload, UploadClaim } from '../gateway/gateway.ts';
import type { Call, SurfaceDeps } from './call.ts';

/** A body that is read into an upload gives a claim about it. */
export type ReadClaim = (sink: Pick<Upload, 'write'>) => Promise<UploadClaim>;

/**
 * Takes one upload: `read` streams the body into the gateway's sink and says what it was. Whatever
 * goes wrong after the bytes began ends the upload with `refuse`, so that it is recorded.
 */
export interface Uploads {
  receive(call: Call, read: ReadClaim): Promise<Receipt>;
}

/** Throws 'overloaded' when `concurrentUploads` are under way already. */
export function createUploads(
  deps: Pick<SurfaceDeps, 'identify' | 'limits'> & {
    readonly gateway: Pick<Gateway, 'beginUpload'>;
  },
): Uploads {
  let underWay = 0;
  return {
    async receive(call, read) {
      const caller = await deps.identify(call);
      if (underWay >= deps.limits.concurrentUploads) {
        throw new CountersignError('overloaded', `${underWay} uploads are under way already`, {
          hint: 'try again in a few seconds',
        });
      }
      underWay += 1;
      try {
        return await receiveInto(await deps.gateway.beginUpload(caller), read);
      } finally {
        underWay -= 1;
      }
    },
  };
}

async function receiveInto(upload: Upload, read: ReadClaim): Promise<Receipt> {
  let file: string | null = null;
  try {
    const claim = await read({ write: (chunk) => upload.write(chunk) });
    file = claim.file;
    return await upload.accept(claim);
  } catch (error) {
    await upload.refuse(file, error);
    throw error;
  }
}

/** What a receipt says in one line: to npm's users in a notice, to Python's in a verbose body. */
export function describeReceipt({ release, complete, missing, again }: Receipt): string {
  // it may be approved or published by now
  if (complete && again) {
    return `held already: release ${release} is complete; see: countersign release status ${release}`;
  }
  const held = again ? 'held already' : 'held for approval';
  if (complete) {
    return `${held}: release ${release} is complete, inspection runs; approve with: countersign approve ${release}`;
  }
  const files = missing.length === 1 ? '1 kind of file' : `${missing.length} kinds of files`;
  return `${held}: release ${release}, ${files} still missing: ${missing.join(', ')}`;
}
