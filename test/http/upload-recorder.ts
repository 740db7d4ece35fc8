import { CountersignError } from '../../src/core/errors.ts';
import type { Caller, Receipt, Upload, UploadClaim } from '../../src/gateway/gateway.ts';

interface RecordedUpload {
  readonly caller: Caller;
  bytes: number;
  claim: UploadClaim | undefined;
  refused: string | undefined;
}

export interface UploadRecorder {
  readonly uploads: RecordedUpload[];
  readonly beginUpload: (caller: Caller) => Promise<Upload>;
}

/** Takes uploads of upload credentials and answers each with what `answer` returns or throws. */
export function recordUploads(
  answer: (claim: UploadClaim) => Receipt | Promise<Receipt>,
  write: () => Promise<void> = async () => undefined,
): UploadRecorder {
  const uploads: RecordedUpload[] = [];
  return {
    uploads,
    async beginUpload(caller) {
      if (caller.kind !== 'upload') {
        throw new CountersignError('forbidden', 'uploads take the upload credential of a release');
      }
      const upload: RecordedUpload = { caller, bytes: 0, claim: undefined, refused: undefined };
      uploads.push(upload);
      return {
        async write(chunk) {
          upload.bytes += chunk.length;
          await write();
        },
        async accept(claim) {
          upload.claim = claim;
          return answer(claim);
        },
        async refuse(file, reason) {
          const { code, message } = reason as CountersignError;
          upload.refused = `${file ?? 'no file'}: ${code}: ${message}`;
        },
      };
    },
  };
}
