import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../test/posture-fixture.ts';
import { auditRepository } from './audit.ts';
import { codeOwners } from './code-owners.ts';
import { applyFixes } from './fix.ts';
import { rule as changelogSilent } from './rules/changelog-silent.ts';
import { rule as fileMode } from './rules/file-mode.ts';

describe('modes of files', () => {
  const files = { 'a.json': '{}', 'run.sh': '#!/bin/sh\n', 'src/index.js': '1;\n' };
  const modes = { 'a.json': '100755', 'src/index.js': '100755' } as const;

  it('are mended in the index, and then there is nothing to find', () => {
    const audit = auditRepository(inputsOf({ about: '', files, modes }), [fileMode]);
    const fixed = applyFixes(files, [...audit.fixes.values()]);
    expect(Object.fromEntries(fixed.modes)).toEqual({
      'a.json': '100644',
      'run.sh': '100755',
      'src/index.js': '100644',
    });
    expect(fixed.files).toEqual(files);
    const again = inputsOf({ about: '', files, modes: Object.fromEntries(fixed.modes) });
    expect(auditRepository(again, [fileMode]).findings).toEqual([]);
  });

  it('of thousands of files are mended all, and told in a hundred and one findings', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`a${at}.json`, '{}']));
    const all = Object.fromEntries(Object.keys(many).map((path) => [path, '100755' as const]));
    const audit = auditRepository(inputsOf({ about: '', files: many, modes: all }), [fileMode]);
    expect(audit.findings).toHaveLength(101);
    expect(applyFixes(many, [...audit.fixes.values()]).modes.size).toBe(5000);
  });

  it('say nothing of files whose beginning nobody has seen', () => {
    const inputs = inputsOf({ about: '', files, modes });
    const unseen = inputs.files.map((file) => ({ ...file, hasShebang: null, text: null }));
    expect(auditRepository({ ...inputs, files: unseen }, [fileMode]).findings).toEqual([]);
  });
});

describe('a changelog', () => {
  it.each([
    ['## 1.2.3', true],
    ['## [v1.2.3](https://example.com)', true],
    ['1.2.3.', true],
    ['## 1.2.3-rc.1', false],
    ['## 11.2.3', false],
    ['## 1.2.3.1', false],
    ['', false],
  ])('%j names 1.2.3: %s', (text, isNamed) => {
    const example = {
      about: '',
      files: { 'package.json': '{"name":"web","version":"1.2.3"}', 'CHANGELOG.md': text },
    };
    const { findings } = auditRepository(inputsOf(example), [changelogSilent]);
    expect(findings.length === 0).toBe(isNamed);
  });
});

describe('owners of code', () => {
  it.each([
    ['* @a', 'x/y', true],
    ['/.github/ @a', '.github/workflows/a.yml', true],
    ['.github/workflows/ @a', '.github/workflows/a.yml', true],
    ['.github/* @a', '.github/workflows/a.yml', false],
    ['.github/* @a', '.github/CODEOWNERS', true],
    ['.github/** @a', '.github/workflows/a.yml', true],
    ['workflows @a', '.github/workflows/a.yml', true],
    ['*.yml @a', '.github/workflows/a.yml', true],
    ['/*.yml @a', '.github/workflows/a.yml', false],
    ['* @a\n*.yml', '.github/workflows/a.yml', false],
    ['*.yml\n* @a # all', '.github/workflows/a.yml', true],
    ['# * @a', 'x', false],
    ['[Release]\n* @a', 'x', true],
  ])('%j: %s has some: %s', (text, path, hasSome) => {
    expect(codeOwners(text)(path).length > 0).toBe(hasSome);
  });

  it('are found at once, whatever the patterns say', () => {
    const text = `${'**/*a'.repeat(40)} @a\n`.repeat(2000);
    expect(codeOwners(text)('b/'.repeat(400))).toEqual([]);
  });
});
