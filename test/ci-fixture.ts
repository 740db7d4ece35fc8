/** A gate that takes the runs of two issuers on loopback, GitHub's claims and GitLab's. */
import type { ReleaseId } from '../src/core/names.ts';
import type { ReleaseView } from '../src/gateway/gateway.ts';
import { type CiRepository, createCiRepository } from './ci-repository.ts';
import { type Gate, person, until, upload } from './gate-fixture.ts';
import { refusal, startYard, type Tarball, tarballOf, type Yard } from './release-fixture.ts';
import {
  ACCOUNTS,
  bindingOf,
  type CiIssuer,
  type Claims,
  COMMIT,
  githubClaims,
  startCiIssuer,
} from './servers/ci-issuer.ts';

/** What tokens must be for, as npm asks: host of the gate's origin. */
export const AUD = 'npm:127.0.0.1';
const AUDIENCE = '127.0.0.1:1';
/** The packages of the project. */
export const ONE = '@aitbc/one';
export const TWO = '@aitbc/two';
/** A repository whose binding was signed for another gateway. */
export const ELSEWHERE = '1009';

export interface CiYard extends Yard {
  readonly repository: CiRepository;
  readonly github: CiIssuer;
  readonly gitlab: CiIssuer;
  /** A token of the release workflow at `ref`. */
  token(ref: string, changes?: Claims): Promise<string>;
  exchange(token: string, name?: string): ReturnType<Gate['gateway']['exchange']>;
  /** What is said to a run at `ref`. */
  refused(ref: string, changes?: Claims): Promise<string>;
  /** The newest release, which must be of this tag. */
  newest(tag: string): Promise<ReleaseView>;
  send(credential: string, tarball: Tarball): Promise<unknown>;
  /** Exchanges and uploads as the client of one package would. */
  publish(tag: string, name: string, changes?: Claims): Promise<void>;
  /** A release of both packages, up to where people sign. */
  submitted(tag: string, changes?: Claims): Promise<ReleaseView>;
  cancel(tag: string): Promise<void>;
}

export function refOf(tag: string): string {
  return `refs/tags/${tag}`;
}

export async function startCiYard(): Promise<CiYard> {
  const github = await startCiIssuer('RS256');
  const gitlab = await startCiIssuer('ES256');
  const repository = createCiRepository([ONE, TWO]);
  if (repository.first !== COMMIT) throw new Error(`the runs are of ${repository.first}`);
  const account = (id: string) => ({ issuer: github.url, id });
  const yard = await startYard({
    packages: [ONE, TWO].map((name) => ({ name, ecosystem: 'npm' })),
    ci: [
      bindingOf(github.url, AUDIENCE),
      { ...bindingOf(github.url, 'other.example.com'), repository: ELSEWHERE },
      bindingOf(gitlab.url, AUDIENCE, 'gitlab'),
    ],
    project: { source: { remote: repository.url, branches: ['main'] } },
    accounts: {
      alice: [account(ACCOUNTS.alice), { issuer: gitlab.url, id: '7' }],
      bob: [account(ACCOUNTS.bob)],
      robot: [account(ACCOUNTS.robot)],
    },
  });
  const { gateway } = yard.gate;
  const token: CiYard['token'] = (ref, changes = {}) =>
    github.sign({ aud: AUD, ...githubClaims(ref), ...changes });
  const exchange: CiYard['exchange'] = (one, name = ONE) =>
    gateway.exchange({ token: one, target: { ecosystem: 'npm', package: name } });
  const newest: CiYard['newest'] = async (tag) => {
    const [found] = await gateway.releases(person('carol'), { project: 'aitbc', limit: 1 });
    if (found?.tag !== tag) throw new Error(`the newest release is not of ${tag}`);
    return found;
  };
  const send: CiYard['send'] = async (credential, tarball) => {
    const caller = await gateway.identify(credential);
    const only = { gateway: { beginUpload: () => gateway.beginUpload(caller) } };
    return upload(only, '' as ReleaseId, tarball);
  };
  const publish: CiYard['publish'] = async (tag, name, changes) => {
    const given = await exchange(await token(refOf(tag), changes), name);
    await send(given.token, await tarballOf(name, tag.slice(1)));
  };
  return {
    ...yard,
    ...{ repository, github, gitlab, token, exchange, newest, send, publish },
    refused: async (ref, changes) => refusal(exchange(await token(ref, changes))),
    async submitted(tag, changes) {
      await publish(tag, ONE, changes);
      await publish(tag, TWO, changes);
      return until(yard.gate, (await newest(tag)).id, 'awaiting-approval', 'rejected');
    },
    async cancel(tag) {
      await gateway.cancel(person('alice'), (await newest(tag)).id, null);
    },
    async stop() {
      await yard.stop();
      await Promise.all([github.stop(), gitlab.stop()]);
    },
  };
}
