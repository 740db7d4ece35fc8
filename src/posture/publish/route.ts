/** How a package should leave, per mode of the gateway: what rules say where they ask for a change. */
import type { GatedPackage, UpstreamMode } from '../repository.ts';
import type { PublishAct } from './publish-act.ts';

const ROUTES: Readonly<Record<UpstreamMode, string>> = {
  publish:
    'upload the package to the gateway by its identity and leave publishing to the gateway, which holds the credential and opens it after two people have signed',
  stage:
    'upload the package to the gateway by its identity and leave staging to the gateway, which does it after two people have signed',
  'stage-by-ci':
    'stage the package with npm stage publish by a trusted publisher that may only stage; the gateway takes the staged bytes and two people sign for them',
  ci: "publish by trusted publishing from a job in the environment that the gateway's protection check holds back",
};

/** The road of the packages, in one clause; of the registry's own trusted publishing without a gateway. */
export function routeOf(gated: readonly GatedPackage[], act: PublishAct): string {
  const [first] = gated;
  if (first !== undefined) return ROUTES[first.mode];
  const name = act.ecosystem === 'npm' ? 'npm publish' : 'the upload';
  return `set up trusted publishing for this workflow and its environment at the registry, run ${name} with an identity of the job (id-token: write; on GitLab id_tokens), or let a release gateway hold the credential`;
}
