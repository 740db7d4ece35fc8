import { afterEach, describe, expect, test } from 'vitest';
import { startAnswering } from '../../test/contract/ecosystem-world.ts';
import { createPypiSettings } from './pypi-project.ts';

const FILES = ['aitbc_sdk-1.0.0-py3-none-any.whl', 'aitbc_sdk-1.0.0.tar.gz', 'aitbc_sdk-1.0.0.zip'];
const at = (file: string | undefined) => `/integrity/aitbc-sdk/1.0.0/${file}/provenance`;

/** Answers of the JSON and Integrity APIs in the documented shapes. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  '/pypi/aitbc-sdk/json': {
    info: { name: 'AITBC-SDK', version: '1.0.0', description: 'x'.repeat(10_000) },
    releases: { '0.9.0': [{ filename: 'old' }] },
    urls: FILES.map((filename) => ({
      filename,
      upload_time_iso_8601: '2026-10-01T08:00:00.123456Z',
      yanked: false,
    })),
    ownership: {
      organization: 'aitbc',
      roles: [
        { role: 'Owner', user: 'alice' },
        { role: 'Maintainer', user: 'bob' },
      ],
    },
  },
  [at(FILES[0])]: {
    version: 1,
    attestation_bundles: [
      {
        publisher: {
          kind: 'GitHub',
          repository: 'alice/aitbc',
          workflow: 'release.yml',
          environment: 'pypi',
          claims: null,
        },
        attestations: [{}],
      },
    ],
  },
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function index(answers = ANSWERS, below = 'simple/') {
  const server = await startAnswering(({ url }) => {
    const known = answers[url];
    if (known !== undefined) return { status: 200, body: JSON.stringify(known) };
    if (url === at(FILES[1])) {
      return { status: 404, body: '{"message":"No provenance available for this file"}' };
    }
    return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' };
  });
  stops.push(server.stop);
  const observer = createPypiSettings({
    registry: `${server.url}${below}`,
    token: null,
    now: () => '2026-11-30T02:00:00.000Z',
    sleep: async () => {},
  });
  return { ...server, observe: (name = 'aitbc.SDK') => observer.observe(name) };
}

describe('a project at a Python index', () => {
  test.each(['simple/', 'legacy/', ''])(
    'is read, whatever is configured below it: %j',
    async (below) => {
      const { observe } = await index(ANSWERS, below);
      const found = await observe();
      expect(found.maintainers).toMatchObject({
        value: [
          { name: 'alice', role: 'owner' },
          { name: 'bob', role: 'maintainer' },
        ],
      });
      expect(found.organization).toMatchObject({ value: 'aitbc' });
    },
  );

  test('shows who uploaded each file by trusted publishing, and what it does not know', async () => {
    const { observe } = await index();
    expect((await observe()).latest).toMatchObject({
      value: {
        version: '1.0.0',
        files: [
          {
            uploadedAt: '2026-10-01T08:00:00.123Z',
            provenance: {
              value: {
                issuer: 'github',
                repository: 'alice/aitbc',
                workflow: 'release.yml',
                environment: 'pypi',
              },
            },
          },
          { provenance: { kind: 'observed', value: null } },
          { provenance: { kind: 'unverified' } },
        ],
      },
    });
  });

  test('without the field leaves owners unverified', async () => {
    const { ownership: _, ...older } = ANSWERS['/pypi/aitbc-sdk/json'] as Record<string, unknown>;
    const { observe } = await index({ '/pypi/aitbc-sdk/json': older });
    const found = await observe();
    expect(found.maintainers).toEqual({
      kind: 'unverified',
      reason: 'this index does not show who owns a project',
    });
    expect(found.latest.kind).toBe('observed');
  });

  test('with hundreds of files is asked about the first twenty', async () => {
    const urls = Array.from({ length: 300 }, (_, number) => ({ filename: `f${number}` }));
    const { observe, seen } = await index({
      '/pypi/aitbc-sdk/json': { info: { version: '1.0.0' }, urls },
    });
    expect((await observe()).latest.kind).toBe('observed');
    expect(seen).toHaveLength(21);
  });

  test.each(['../x', 'a b', '', '-x'])('%j is not asked for', async (name) => {
    const { observe, seen } = await index();
    expect((await observe(name)).latest).toMatchObject({ kind: 'unverified' });
    expect(seen).toEqual([]);
  });
});
