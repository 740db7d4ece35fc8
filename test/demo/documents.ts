/** The configuration of the demo, and evidence that somebody forged. */
import { formatEvidence, parseEvidence } from '../../src/evidence/bundle.ts';
import { NPM_NAME, PYPI_NAME } from './packages.ts';

/** countersign.yaml of the demo; without Python there is one upstream and one package. */
export function configuration(
  origin: string,
  port: number,
  npmUrl: string,
  pypiUrl: string | null,
  webhook: { readonly url: string; readonly secretFile: string },
): string {
  return `gateway: { origin: "${origin}", listen: "127.0.0.1:${port}", data: ./data }
upstreams:
  npm: { ecosystem: npm, url: "${npmUrl}", mode: publish, credential: npm-token }
${pypiUrl === null ? '' : `  python: { ecosystem: pypi, url: "${pypiUrl}", mode: publish, credential: pypi-token }\n`}projects:
  aitbc:
    repository: github.com/example/aitbc
    packages:
      - { name: "${NPM_NAME}", ecosystem: npm, upstream: npm }
${pypiUrl === null ? '' : `      - { name: ${PYPI_NAME}, ecosystem: pypi, upstream: python, files: { wheel: 1, sdist: 1 } }\n`}    policies: [strict]
policies:
  strict:
    tag: "v[0-9]+.[0-9]+.[0-9]+"
    versioning: semver
    confirm: release
    approvals: { minimum: 2, groups: { security-team: 1, release-managers: 1 }, requester: excluded, terminal: 1, expires: 72h }
    source: asserted
    block: { secrets: plausible }
notify:
  - { kind: webhook, url: "${webhook.url}", events: [release.awaiting-approval, release.published, release.rejected, release.failed], secret-file: "${webhook.secretFile}" }
`;
}

/** The same evidence, with a fourth person smuggled into the roster. */
export function forgeRoster(text: string): string {
  const bundle = parseEvidence(text);
  const genesis = JSON.parse(bundle.genesis.document) as {
    roster: { people: { id: string; name: string }[] };
  };
  const [someone] = genesis.roster.people;
  if (someone === undefined) throw new Error('no people');
  someone.name = 'Mallory';
  return formatEvidence({
    ...bundle,
    genesis: { ...bundle.genesis, document: JSON.stringify(genesis) },
  });
}
