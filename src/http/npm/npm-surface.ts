/** The npm registry protocol below /npm/: publish, and reads of what is held. */
import { CountersignError } from '../../core/errors.ts';
import type { Caller } from '../../gateway/gateway.ts';
import { sendArtifact } from '../download.ts';
import { type Answer, answer, type Exchange } from '../exchange.ts';
import { reportFailure } from '../problem.ts';
import { describeReceipt, type Uploads } from '../uploads.ts';
import { npmJson, npmNotice, npmRefusal } from './npm-answer.ts';
import { exchangeForPackage, type NpmExchangeDeps } from './npm-exchange.ts';
import { packumentOf, tarballName } from './npm-held.ts';
import { type NpmTarget, parseNpmPath } from './npm-path.ts';
import { receivePublish } from './npm-publish.ts';
import { refuseNpmCall } from './npm-refusals.ts';

export interface NpmDeps extends NpmExchangeDeps {
  readonly uploads: Uploads;
}

type Handler = (exchange: Exchange) => Promise<void>;

/** `prefix` is where the surface is mounted, `origin` the address that clients reach it at. */
export function createNpmSurface(
  deps: NpmDeps,
  prefix: string,
  origin: (exchange: Exchange) => string,
): Handler {
  return async (exchange) => {
    try {
      const target = parseNpmPath(exchange.path.slice(prefix.length));
      if (target === undefined) {
        throw new CountersignError('malformed-name', 'the path names no npm package or call');
      }
      const base = `${origin(exchange)}${prefix.slice(0, -1)}`;
      const told = await serve(deps, exchange, target, base);
      if (told !== undefined) await answer(exchange, deps.limits, told);
    } catch (error) {
      const shown = reportFailure(error, deps.log, exchange.call.id);
      const isRead = exchange.request.method === 'GET' || exchange.request.method === 'HEAD';
      await answer(exchange, deps.limits, npmRefusal(shown, isRead));
    }
  };
}

/** The answer, or nothing where it was streamed already. */
function serve(
  deps: NpmDeps,
  exchange: Exchange,
  target: NpmTarget,
  base: string,
): Promise<Answer | undefined> {
  const { method = 'GET' } = exchange.request;
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead ? read(deps, exchange, target, base) : write(deps, exchange, target, method);
}

async function read(
  deps: NpmDeps,
  exchange: Exchange,
  target: NpmTarget,
  base: string,
): Promise<Answer | undefined> {
  const { method = 'GET' } = exchange.request;
  if (target.kind === 'ping') return npmJson(200, {});
  if (target.kind === 'whoami') return whoami(deps, exchange);
  if (target.kind === 'package') return packument(deps, exchange, target.name, base);
  if (target.kind === 'tarball') return tarball(deps, exchange, target);
  if (target.kind === 'dist-tags') {
    const path = `-/package/${escapeName(target.name)}/dist-tags`;
    const { location, isSafe } = await upstreamOf(deps, exchange, target.name, path);
    // npm asks before it changes one, and prints this answer
    if (!isSafe) throw refuseNpmCall(method, target);
    return redirect(location);
  }
  await deps.identify(exchange.call);
  throw refuseNpmCall(method, target);
}

async function write(
  deps: NpmDeps,
  exchange: Exchange,
  target: NpmTarget,
  method: string,
): Promise<Answer> {
  if (target.kind === 'package' && method === 'PUT') {
    const receipt = await receivePublish(exchange, target.name, deps);
    return npmJson(201, { success: true }, npmNotice(describeReceipt(receipt)));
  }
  if (target.kind === 'stage-package' && method === 'POST') return stage(deps, exchange, target);
  if (target.kind === 'token-exchange' && method === 'POST') {
    return exchangeForPackage(deps, exchange, target.name);
  }
  await deps.identify(exchange.call);
  throw refuseNpmCall(method, target);
}

async function whoami(deps: NpmDeps, { call }: Exchange): Promise<Answer> {
  const caller = await deps.identify(call);
  return npmJson(200, { username: await describeCaller(deps, caller) });
}

async function describeCaller(deps: NpmDeps, caller: Caller): Promise<string> {
  switch (caller.kind) {
    case 'anonymous':
      throw new CountersignError('unauthenticated', 'no credential came with the call', {
        hint: 'set _authToken to the upload credential of a release',
      });
    case 'upload':
      return `release-${(await deps.gateway.release(caller, caller.release)).shortId}`;
    case 'project':
      return `project-${caller.project}`;
    case 'person':
    case 'bot':
      return caller.personId;
  }
}

async function stage(
  deps: NpmDeps,
  exchange: Exchange,
  target: { readonly name: string },
): Promise<Answer> {
  const receipt = await receivePublish(exchange, target.name, deps);
  // npm and pnpm take nothing but a UUID, so the release's full id stands in for the stage's
  const stageId = await deps.gateway.resolveRelease(receipt.release);
  const text = describeReceipt(receipt);
  return npmJson(201, { message: text, stageId }, npmNotice(text));
}

/**
 * Held versions are shown to their release's own credential, so that it can be tried out before it
 * is approved. A publishing client gets upstream's view instead: it would refuse to send a version
 * that it is shown, although the same bytes again are success here.
 */
async function packument(
  deps: NpmDeps,
  exchange: Exchange,
  name: string,
  base: string,
): Promise<Answer> {
  const caller = await deps.identify(exchange.call);
  const command = exchange.request.headers['npm-command'];
  const isPublishing = command === 'publish' || command === 'stage';
  if (caller.kind === 'upload' && !isPublishing) {
    const held = await deps.gateway.held(caller, 'npm', name);
    if (held.length > 0) return npmJson(200, packumentOf(name, held, base));
  }
  return upstream(deps, exchange, name, escapeName(name));
}

async function tarball(
  deps: NpmDeps,
  exchange: Exchange,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<Answer | undefined> {
  const caller = await deps.identify(exchange.call);
  if (caller.kind === 'upload') {
    const held = await deps.gateway.held(caller, 'npm', name);
    const found = held.find((one) => tarballName(one) === file);
    if (found !== undefined) {
      await sendArtifact(exchange, deps.gateway, caller, found.sha256);
      return undefined;
    }
  }
  return upstream(deps, exchange, name, `${name}/-/${file}`);
}

/**
 * A redirect to what upstream has, for clients that will not take their credential along. npm and
 * pnpm drop it when the host name changes, and keep it when only the port does: then the upstream
 * would be sent our upload credential, and answer 401.
 */
async function upstream(
  deps: NpmDeps,
  exchange: Exchange,
  name: string,
  path: string,
): Promise<Answer> {
  const { location, isSafe } = await upstreamOf(deps, exchange, name, path);
  if (isSafe) return redirect(location);
  throw new CountersignError(
    'not-found',
    `the gateway does not hold ${name}; upstream is asked at ${location}`,
  );
}

async function upstreamOf(
  deps: NpmDeps,
  { request, call }: Exchange,
  name: string,
  path: string,
): Promise<{ readonly location: string; readonly isSafe: boolean }> {
  const url = await deps.gateway.upstreamOf('npm', name);
  if (url === null) {
    throw new CountersignError('not-found', `no upstream is configured for the package ${name}`);
  }
  const location = new URL(path, url.endsWith('/') ? url : `${url}/`);
  const ours = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '';
  const isSafe = call.authorization === undefined || !isSameDomain(ours, location.hostname);
  return { location: location.href, isSafe };
}

/** One host name is the other or a part of it: what clients take for the same party. */
function isSameDomain(left: string, right: string): boolean {
  return left === right || left.endsWith(`.${right}`) || right.endsWith(`.${left}`);
}

function redirect(location: string): Answer {
  return npmJson(302, { location }, { location });
}

function escapeName(name: string): string {
  return name.replace('/', '%2f');
}
