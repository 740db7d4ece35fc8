/** PyPI's protocols below /pypi/: the legacy upload, and the simple index of what is held. */

import { CountersignError } from '../../core/errors.ts';
import { normalizeProjectName } from '../../formats/python-filename.ts';
import type { Caller } from '../../gateway/gateway.ts';
import type { SurfaceDeps } from '../call.ts';
import { sendArtifact } from '../download.ts';
import { type Answer, answer, type Exchange } from '../exchange.ts';
import { reportFailure } from '../problem.ts';
import { describeReceipt, type Uploads } from '../uploads.ts';
import { pypiRefusal } from './pypi-answer.ts';
import { receivePypiUpload } from './pypi-upload.ts';
import { projectFiles, projectList } from './simple-index.ts';

export interface PypiDeps extends SurfaceDeps {
  readonly uploads: Uploads;
}

const FILE_PATH = /^\/pypi\/files\/([0-9a-f]{64})\/[A-Za-z0-9._+!%-]{1,300}$/;
const PROJECT_PATH = /^\/pypi\/simple\/([A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?)\/?$/;

/** Nothing here redirects: older poetry and pdm take a redirected upload for a success. */
export function createPypiSurface(deps: PypiDeps): (exchange: Exchange) => Promise<void> {
  return async (exchange) => {
    const { method = 'GET' } = exchange.request;
    const isRead = method === 'GET' || method === 'HEAD';
    try {
      const told = isRead ? await read(deps, exchange) : await write(deps, exchange, method);
      if (told !== undefined) await answer(exchange, deps.limits, told);
    } catch (error) {
      const shown = reportFailure(error, deps.log, exchange.call.id);
      await answer(exchange, deps.limits, pypiRefusal(exchange.request, shown, isRead));
    }
  };
}

async function write(deps: PypiDeps, exchange: Exchange, method: string): Promise<Answer> {
  const isUpload = exchange.path === '/pypi/legacy/' || exchange.path === '/pypi/legacy';
  if (!isUpload || method !== 'POST') {
    throw new CountersignError('usage', `${method} is not taken here, expected POST /pypi/legacy/`);
  }
  const receipt = await receivePypiUpload(exchange, deps);
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: `${describeReceipt(receipt)}\n`,
  };
}

async function read(deps: PypiDeps, exchange: Exchange): Promise<Answer | undefined> {
  const caller = requireUpload(await deps.identify(exchange.call));
  const accept = exchange.request.headers.accept ?? '';
  if (exchange.path === '/pypi/simple/' || exchange.path === '/pypi/simple') {
    const { artifacts } = await deps.gateway.release(caller, caller.release);
    return projectList(artifacts, accept);
  }
  const project = PROJECT_PATH.exec(exchange.path)?.[1];
  if (project !== undefined) {
    const name = normalizeProjectName(project);
    const held = await deps.gateway.held(caller, 'pypi', name);
    if (held.length > 0) return projectFiles(name, held, accept);
    throw new CountersignError('not-found', `the release holds no files of ${name}`);
  }
  const digest = FILE_PATH.exec(exchange.path)?.[1];
  if (digest === undefined) throw new CountersignError('not-found', 'there is no such page');
  await sendArtifact(exchange, deps.gateway, caller, digest);
  return undefined;
}

function requireUpload(caller: Caller): Caller & { readonly kind: 'upload' } {
  if (caller.kind === 'upload') return caller;
  throw new CountersignError(
    caller.kind === 'anonymous' ? 'unauthenticated' : 'forbidden',
    'held files are shown to the upload credential of their release only',
    { hint: 'use __token__ as user name and the upload credential as password' },
  );
}
