import { CountersignError } from '../../core/errors.ts';
import type { NpmTarget } from './npm-path.ts';

const PROPOSAL = 'such a change takes a quorum: open a "countersign proposal"';
const ROLLBACK = 'take a release back with "countersign rollback RELEASE"';

/**
 * Why a call of the npm protocol is not served, with the command that does it here. All are
 * 'forbidden', but for reads of what the gateway does not have, which are 'not-found'.
 */
export function refuseNpmCall(method: string, target: NpmTarget): CountersignError {
  switch (target.kind) {
    case 'dist-tags':
      return forbidden(
        'dist-tags are not moved through the gateway',
        `name the tag when the release is opened ("countersign release open --dist-tag TAG"), or ${ROLLBACK}`,
      );
    case 'revision':
    case 'tarball':
      return forbidden('nothing is unpublished through the gateway', ROLLBACK);
    case 'package':
    case 'stage-package':
    case 'token-exchange':
    case 'ping':
    case 'whoami':
      return forbidden(`${method} is not taken here`, PROPOSAL);
    case 'call':
      return refuseArea(method, target.segments);
  }
}

function refuseArea(method: string, segments: readonly string[]): CountersignError {
  const path = segments.join('/');
  if (segments[0] === 'stage') {
    return forbidden(
      'staged versions are approved by signatures here, not by this command',
      'use "countersign release status RELEASE" and "countersign approve RELEASE"',
    );
  }
  if (/^(v1\/(login|done)|user\/|npm\/v1\/(tokens|user|oidc))/.test(path)) {
    return forbidden(
      'the gateway has no npm accounts and gives out no npm tokens',
      'open a release with "countersign release open"; it prints an upload credential',
    );
  }
  if (/^(package|org|team|user|collaborators)\b/.test(path) && method !== 'GET') {
    return forbidden('owners, access and teams are not changed through the gateway', PROPOSAL);
  }
  return new CountersignError('not-found', `the gateway does not serve ${method} of this npm call`);
}

function forbidden(message: string, hint: string): CountersignError {
  return new CountersignError('forbidden', message, { hint });
}
