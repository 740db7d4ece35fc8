import { afterEach, expect, test } from 'vitest';
import { startAnswering } from '../../test/contract/ecosystem-world.ts';
import { observeGithubPins } from './github-pins.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const R = '/repos/actions/checkout';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Answers in the documented shapes; `statuses`: of comparisons, by branch. */
async function reach(
  statuses: Readonly<Record<string, string>>,
  more: { readonly tags?: unknown; readonly branches?: unknown } = {},
  commit = A,
) {
  const answers: Record<string, unknown> = {
    [R]: { default_branch: 'main' },
    [`${R}/tags`]: more.tags ?? [],
    [`${R}/branches`]: more.branches ?? [{ name: 'main', commit: { sha: B } }],
  };
  for (const [branch, status] of Object.entries(statuses)) {
    answers[`${R}/compare/${encodeURIComponent(branch)}...${commit}`] = { status, files: [] };
  }
  const server = await startAnswering(({ url }) => {
    const known = answers[url.split('?')[0] ?? ''];
    return known === undefined
      ? { status: 404, body: '{"message":"Not Found"}' }
      : { status: 200, body: JSON.stringify(known) };
  });
  stops.push(server.stop);
  const [pin] = await observeGithubPins(
    {
      baseUrl: server.url,
      token: null,
      now: () => '2026-11-30T00:00:00.000Z',
      sleep: async () => {},
    },
    [
      { repository: 'actions/checkout', commit },
      { repository: 'Actions/checkout', commit },
    ],
  );
  return { reach: pin?.reach, asked: server.seen.map((one) => one.url.slice('GET '.length)) };
}

test.each(['behind', 'identical'])(
  'a commit that the default branch is %s of is on it',
  async (status) => {
    const found = await reach({ main: status });
    expect(found.reach).toMatchObject({ kind: 'observed', value: 'branch' });
    expect(found.asked).toEqual([R, `${R}/compare/main...${A}?per_page=1&page=2`]);
  },
);

test('a commit of a tag alone is known by the tag', async () => {
  const tags = [{ name: 'v1', commit: { sha: A } }];
  expect((await reach({ main: 'diverged' }, { tags })).reach).toMatchObject({ value: 'tag' });
});

test('a commit of a release branch is found there', async () => {
  const branches = [
    { name: 'main', commit: { sha: B } },
    { name: 'topic', commit: { sha: B } },
    { name: 'releases/v4', commit: { sha: B } },
  ];
  const found = await reach({ main: 'diverged', 'releases/v4': 'behind' }, { branches });
  expect(found.reach).toMatchObject({ value: 'branch' });
  expect(found.asked.some((one) => one.includes('topic'))).toBe(false);
});

test('a commit on nothing that was looked at is on no ref', async () => {
  expect((await reach({ main: 'diverged' })).reach).toMatchObject({
    kind: 'observed',
    value: 'no-ref',
  });
});

test.each([
  ['an answer that is missing', {}],
  ['a status that nobody knows', { main: 'sideways' }],
])('%s leaves it unverified', async (_, statuses) => {
  expect((await reach(statuses)).reach).toMatchObject({ kind: 'unverified' });
});

test('what is no repository or commit is never asked for', async () => {
  const options = {
    baseUrl: 'http://127.0.0.1:1/',
    token: null,
    now: () => '2026-11-30T00:00:00.000Z',
    sleep: async () => {},
  };
  for (const pin of [
    { repository: 'a/..', commit: A },
    { repository: 'a/b', commit: 'main' },
  ]) {
    await expect(observeGithubPins(options, [pin])).rejects.toMatchObject({ code: 'internal' });
  }
});
