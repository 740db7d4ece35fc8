import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  npmStatement,
  pep740Of,
  publishStatement,
  RUN,
  type SigstoreFixture,
  startSigstore,
} from '../../test/sigstore-fixture.ts';
import type { Sha256, Sha512 } from '../core/names.ts';
import type { AttestedArtifact } from '../gateway/ports.ts';
import { verifyProvenance } from './provenance.ts';
import { parseTrustedRoot, seededTrustedRoot } from './trusted-root.ts';

function fixture(name: string): string {
  const path = new URL(`../../testdata/provenance/${name}.json.gz`, import.meta.url);
  return gunzipSync(readFileSync(path)).toString('utf8');
}

const seed = seededTrustedRoot().material;
const noDigest = { sha256: '0'.repeat(64) as Sha256, sha512: '0'.repeat(128) as Sha512 };

/** sigstore-2.0.0.tgz, by the digest that `npm view` and `sha512sum` of the tarball say. */
const npmArtifact: AttestedArtifact = {
  ...noDigest,
  package: 'sigstore',
  version: '2.0.0',
  file: 'sigstore-2.0.0.tgz',
  sha512:
    '46d4e2f74c4877316640000a6fdf8a8b59f1e0847667973e9859f774dd31b8f1e0937813b777fb66a2ac67d50540fe34640966eee9fc2ccca387082b4c85cd3c' as Sha512,
};
const sdist: AttestedArtifact = {
  ...noDigest,
  package: 'pypi-attestations',
  version: '0.0.19',
  file: 'pypi_attestations-0.0.19.tar.gz',
  sha256: '9bb1add04b1b4e182be6b0b80931593f7a291eb49d69b4fd728a5d4cbcdc4bd3' as Sha256,
};

describe('attestations of others, offline', () => {
  test('npm provenance verifies and says repository, workflow and commit', () => {
    const text = fixture('npm-sigstore-2.0.0');
    expect(verifyProvenance(seed, { form: 'sigstore', text }, npmArtifact)).toEqual({
      predicateType: 'https://slsa.dev/provenance/v1',
      issuer: 'https://token.actions.githubusercontent.com',
      identity:
        'https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main',
      repository: 'https://github.com/sigstore/sigstore-js',
      repositoryId: '495574555',
      ownerId: '71096353',
      workflow: '.github/workflows/release.yml',
      ref: 'refs/heads/main',
      commit: 'f0b49a04e5a62250e0f60fb128004a73110fe311',
      trigger: 'push',
      run: 'https://github.com/sigstore/sigstore-js/actions/runs/5904696764/attempts/1',
      loggedAt: expect.stringMatching(/^2023-08-18T/),
    });
  });

  test.each(['publish', 'slsa'])('a PEP 740 %s attestation verifies', (kind) => {
    const text = fixture(`pypi-attestations-0.0.19-${kind}`);
    expect(verifyProvenance(seed, { form: 'pep740', text }, sdist)).toMatchObject({
      repository: 'https://github.com/trailofbits/pypi-attestations',
      repositoryId: '772247423',
      ownerId: '2314423',
      workflow: '.github/workflows/release.yml',
      ref: 'refs/tags/v0.0.19',
      commit: '08802efe1f8e5fec4ad842d6b8ce97656092ee72',
      trigger: 'release',
    });
  });

  test('a PEP 740 attestation of GitLab verifies, its workflow without the second slash', () => {
    const text = fixture('pypi-gitlab-oidc-project-0.0.3');
    const artifact: AttestedArtifact = {
      ...noDigest,
      package: 'gitlab-oidc-project',
      version: '0.0.3',
      file: 'gitlab_oidc_project-0.0.3.tar.gz',
      sha256: 'c1ca9b0d85df1606451098233018534497bf584362e10e4a8c21dfaea92c02a8' as Sha256,
    };
    const says = verifyProvenance(seed, { form: 'pep740', text }, artifact);
    expect(says).toMatchObject({ issuer: 'https://gitlab.com', workflow: '.gitlab-ci.yml' });
  });

  test('each tampered place is refused', () => {
    const text = fixture('npm-sigstore-2.0.0');
    const bundle = JSON.parse(text);
    const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString();
    const forged = (change: (copy: typeof bundle) => void) => {
      const copy = structuredClone(bundle);
      change(copy);
      return () =>
        verifyProvenance(seed, { form: 'sigstore', text: JSON.stringify(copy) }, npmArtifact);
    };
    expect(
      forged((copy) => {
        copy.dsseEnvelope.payload = Buffer.from(
          payload.replace('sigstore/sigstore-js', 'sigstore/sigstore-xx'),
        ).toString('base64');
      }),
    ).toThrow('the provenance of sigstore-2.0.0.tgz is refused: it does not verify');
    expect(
      forged((copy) => {
        copy.verificationMaterial.tlogEntries = [];
      }),
    ).toThrow('refused');
    expect(
      forged((copy) => {
        copy.verificationMaterial.tlogEntries[0].integratedTime = '1999999999';
      }),
    ).toThrow('it does not verify');
    const certificates = bundle.verificationMaterial.x509CertificateChain.certificates;
    expect(
      forged((copy) => {
        const der = Buffer.from(certificates[0].rawBytes, 'base64');
        der[der.length - 3] = (der[der.length - 3] ?? 0) ^ 1;
        copy.verificationMaterial.x509CertificateChain.certificates[0].rawBytes =
          der.toString('base64');
      }),
    ).toThrow('it does not verify');
    const pypi = JSON.parse(fixture('pypi-attestations-0.0.19-publish'));
    pypi.envelope.statement = Buffer.from(
      Buffer.from(pypi.envelope.statement, 'base64').toString().replace('9bb1', '9bb2'),
    ).toString('base64');
    expect(() =>
      verifyProvenance(seed, { form: 'pep740', text: JSON.stringify(pypi) }, sdist),
    ).toThrow('it does not verify');
  });

  test('a good attestation of other bytes, or under another name, is refused', () => {
    const text = fixture('npm-sigstore-2.0.0');
    const attestation = { form: 'sigstore', text } as const;
    expect(() =>
      verifyProvenance(seed, attestation, { ...npmArtifact, sha512: noDigest.sha512 }),
    ).toThrow(`it is about other bytes: expected sha512 ${noDigest.sha512}, found 46d4e2f7`);
    expect(() => verifyProvenance(seed, attestation, { ...npmArtifact, version: '2.0.1' })).toThrow(
      'it is about another file: expected pkg:npm/sigstore@2.0.1, found pkg:npm/sigstore@2.0.0',
    );
  });
});

describe('attestations of a Sigstore of our own', () => {
  let sigstore: SigstoreFixture;
  const artifact: AttestedArtifact = {
    package: '@aitbc/explorer-web',
    version: '1.2.3',
    file: 'aitbc-explorer-web-1.2.3.tgz',
    sha256: 'a'.repeat(64) as Sha256,
    sha512: 'b'.repeat(128) as Sha512,
  };
  const wheel = { ...artifact, file: 'aitbc_agent_sdk-1.2.3-py3-none-any.whl' };
  const verify = (value: object, form: 'sigstore' | 'pep740' = 'sigstore', of = artifact) =>
    verifyProvenance(
      parseTrustedRoot(sigstore.trustedRoot).material,
      { form, text: JSON.stringify(value) },
      of,
    );

  beforeAll(async () => {
    sigstore = await startSigstore();
  });

  test('verify in both forms, and not under the root of the public instance', async () => {
    const bundle = await sigstore.attest(npmStatement(artifact));
    expect(verify(bundle)).toMatchObject({ repositoryId: '4711', ref: 'refs/tags/v1.2.3' });
    const text = JSON.stringify(bundle);
    expect(() => verifyProvenance(seed, { form: 'sigstore', text }, artifact)).toThrow(
      'it does not verify',
    );
    const published = pep740Of(await sigstore.attest(publishStatement(wheel)));
    expect(verify(published, 'pep740', wheel)).toMatchObject({ commit: RUN['sha'] });
    const other = { ...wheel, file: 'Aitbc.Agent-Sdk-1.2.3-py3-none-any.whl' };
    expect(() => verify(published, 'pep740', other)).toThrow('it is about another file');
  });

  test('two subjects, no subject, and a predicate that is no provenance are refused', async () => {
    const plain = npmStatement(artifact);
    const [subject] = plain.subject;
    for (const subjects of [[], [subject, subject], null]) {
      const bundle = await sigstore.attest({ ...plain, subject: subjects });
      expect(() => verify(bundle)).toThrow('it does not have exactly one subject');
    }
    for (const predicateType of ['https://slsa.dev/provenance/v0.1', 'https://example.com/x']) {
      const bundle = await sigstore.attest({ ...plain, predicateType });
      expect(() => verify(bundle)).toThrow('expected provenance by its predicate type');
    }
    // a publish attestation says nothing of a build: npm's form does not take it
    const publish = { ...publishStatement(artifact), subject: plain.subject };
    await expect(async () => verify(await sigstore.attest(publish))).rejects.toThrow(
      'expected provenance by its predicate type',
    );
  });

  test('a statement that says something else than its certificate is refused', async () => {
    const other = { ...RUN, repository: 'example/other' };
    const bundle = await sigstore.attest(npmStatement(artifact, other), RUN);
    expect(() => verify(bundle)).toThrow(
      'its statement says repository https://github.com/example/other, its certificate https://github.com/example/aitbc',
    );
    const commit = await sigstore.attest(npmStatement(artifact, { ...RUN, sha: 'd'.repeat(40) }));
    expect(() => verify(commit)).toThrow(`its statement says commit ${'d'.repeat(40)}`);
  });

  test('what is no attestation at all is refused', () => {
    for (const text of ['', '{}', '[]', '{"mediaType":"x"}', 'null']) {
      for (const form of ['sigstore', 'pep740'] as const) {
        expect(() => verifyProvenance(seed, { form, text }, artifact)).toThrow(
          'the provenance of aitbc-explorer-web-1.2.3.tgz is refused',
        );
      }
    }
  });
});
