import { splitPep740 } from '../../formats/pep740.ts';
import { readPypiUploadForm } from '../../formats/pypi-upload-form.ts';
import type { Receipt } from '../../gateway/gateway.ts';
import type { Exchange } from '../exchange.ts';
import type { HttpLimits } from '../limits.ts';
import { readRequestBody } from '../request-body.ts';
import type { Uploads } from '../uploads.ts';

/** Takes one distribution of the legacy upload; a release comes as several such calls. */
export async function receivePypiUpload(
  exchange: Exchange,
  deps: { readonly uploads: Uploads; readonly limits: HttpLimits },
): Promise<Receipt> {
  const type = exchange.request.headers['content-type'] ?? '';
  return deps.uploads.receive(exchange.call, async (sink) => {
    const body = readRequestBody(exchange, deps.limits);
    const form = await readPypiUploadForm(body, type, () => sink);
    return {
      ecosystem: 'pypi',
      file: form.fileName,
      request: form.fields,
      distTag: null,
      sha256: form.digests.sha256,
      sha512: null,
      sha1: null,
      md5: form.digests.md5,
      attestations:
        form.attestations === null
          ? []
          : splitPep740(form.attestations).map((text) => ({ form: 'pep740', text })),
    };
  });
}
