import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../../test/posture-fixture.ts';
import { auditRepository } from '../audit.ts';
import { repositoryScripts, startedScript } from './repository-script.ts';

const MAKEFILE = `VERSION := 1
.PHONY: publish build
build: clean
\tpython -m build
publish: build
\t@twine upload dist/*
clean:
\trm -rf dist
`;

describe('startedScript', () => {
  it.each([
    ['npm run release', 'run release'],
    ['yarn release --tag next', 'run release'],
    ['./scripts/release.sh patch', 'file scripts/release.sh'],
    ['bash -e scripts/release.sh', 'file scripts/release.sh'],
    ['$GITHUB_WORKSPACE/release.sh', 'file release.sh'],
    ['make VERSION=1 publish', 'make publish'],
    ['make', null],
    ['node release.js', null],
    ['ls', null],
  ])('%s starts %s', (line, key) => {
    expect(startedScript(line.split(' '))).toBe(key);
  });
});

describe('repositoryScripts', () => {
  it('reads recipes with what they need', () => {
    const { files } = inputsOf({ about: '', files: { Makefile: MAKEFILE } });
    expect(repositoryScripts(files).get('make publish')).toBe('make build\ntwine upload dist/*');
  });

  it('has none of a manifest that is no JSON', () => {
    const { files } = inputsOf({ about: '', files: { 'package.json': '{' } });
    expect(repositoryScripts(files).size).toBe(0);
  });

  it.each([
    ['make publish', { Makefile: MAKEFILE }, 'it publishes with twine upload'],
    ['./release.sh', { 'release.sh': '#!/bin/sh\nset -e\nnpm publish\n' }, 'it publishes with npm'],
    ['make loop', { Makefile: 'loop: loop\n\tmake loop\n' }, null],
  ])('finds what %s publishes', (run, files, why) => {
    const workflow = `on: push\njobs:\n  out:\n    steps:\n      - run: ${run}\n`;
    const inputs = inputsOf({
      about: '',
      files: { ...files, '.github/workflows/a.yml': workflow },
    });
    expect(auditRepository(inputs, []).context.path.jobs[0]?.onPath).toBe(why);
  });
});
