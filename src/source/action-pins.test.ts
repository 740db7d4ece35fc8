import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createRepository } from '../../test/git-fixture.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { findPins, parseRefs } from './action-pins.ts';

/** A forge with one action, `alice/action`: v1 and v1.2.0 at the first commit, main further on. */
function createForge() {
  const repository = createRepository();
  const first = repository.commit({ 'action.yml': 'runs: {}' });
  repository.git('tag', 'v1.2.0');
  repository.git('tag', '--annotate', '--message', 'moves', 'v1');
  const second = repository.commit({ 'action.yml': 'runs: { using: composite }' });
  const root = temporaryFolder('forge');
  mkdirSync(join(root, 'alice'));
  renameSync(repository.folder, join(root, 'alice', 'action'));
  return { forge: pathToFileURL(root).href, first, second };
}

describe('findPins', () => {
  it('finds the commit and the most exact tag, asking each repository once', async () => {
    const { forge, first, second } = createForge();
    const asked: string[] = [];
    const { pins, missing } = await findPins(['alice/action', 'alice/action', 'bob/none'], {
      forge,
      path: process.env['PATH'] ?? '',
      onRepository: (repository) => asked.push(repository),
    });
    expect(asked.toSorted()).toEqual(['alice/action', 'bob/none']);
    expect(pins.resolve('Alice/Action', 'v1')).toEqual({ commit: first, tag: 'v1.2.0' });
    expect(pins.resolve('alice/action', 'main')).toEqual({ commit: second, tag: 'main' });
    expect(pins.resolve('alice/action', first)?.tag).toBe('v1.2.0');
    expect(pins.resolve('alice/action', second)).toBeNull();
    expect(pins.resolve('alice/action', 'v9')).toBeNull();
    expect(missing.map((one) => one.repository)).toEqual(['bob/none']);
  });

  it('asks for nothing that is no repository', async () => {
    const asked: string[] = [];
    await findPins(['--upload-pack=x', 'a/../..', 'a', 'a/b/c', '-a/b'], {
      forge: 'file:///nonexistent',
      path: process.env['PATH'] ?? '',
      onRepository: (repository) => asked.push(repository),
    });
    expect(asked).toEqual([]);
  });
});

describe('parseRefs', () => {
  it('leaves out what is no ref', () => {
    const commit = 'a'.repeat(40);
    const answer = `${commit}\trefs/tags/v1\n<html>\nshort\trefs/tags/v2\n${commit}\tHEAD\n`;
    expect([...parseRefs(answer)]).toEqual([['refs/tags/v1', commit]]);
  });
});
