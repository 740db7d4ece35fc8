import { describe, expect, test } from 'vitest';
import { npmFiles, type SampleFiles, sdistFiles } from '../samples/sample-artifact.ts';
import { call } from './file-kind.ts';
import { loadedFiles } from './loaded-files.ts';
import { createTreeCollector } from './packed-tree.ts';

const [R, I, J] = ['require', 'import', 'path.join'].map(call) as [string, string, string];

function loadedBy(start: string, files: SampleFiles, kind: 'tarball' | 'sdist', fields = {}) {
  const entries = kind === 'sdist' ? sdistFiles(files) : npmFiles(fields, files);
  const options = { file: 'a', kind, digests: false, capabilities: true };
  const collector = createTreeCollector(options);
  for (const entry of entries) collector.add(entry);
  const found = loadedFiles([start], collector.tree(), '@aitbc/explorer-web');
  return found.map((one) => one.place).filter((one) => one !== start && one !== 'package.json');
}

describe('what a script loads', () => {
  test.each([
    [`${R}"./lib/x")`, 'a/lib/x.js'],
    [`${R}"./lib")`, 'a/lib/index.js'],
    [`${R}/* here */ '../y.js')`, 'y.js'],
    ["export*from'./lib/x.js'", 'a/lib/x.js'],
    ["import './lib/x.js'", 'a/lib/x.js'],
    [`await ${I}\`./lib/x.js\`)`, 'a/lib/x.js'],
    [`${R}__dirname + "/lib/x")`, 'a/lib/x.js'],
    [`${R}\`\${__dirname}/lib/x\`)`, 'a/lib/x.js'],
    [`${R}${J}__dirname, "lib", "x"))`, 'a/lib/x.js'],
    [`new Worker(new URL("./lib/x.js", import.meta.url))`, 'a/lib/x.js'],
    ['run("node a/lib/x.js --now")', 'a/lib/x.js'],
    ['run("./y.js")', 'y.js'],
    [`${R}"./lib/" + name)`, 'a/lib/index.js a/lib/x.js'],
    [`${R}"@aitbc/explorer-web/y")`, 'y.js'],
    [`${R}"#inner")`, 'a/lib/x.js'],
    [`${R}"dep/z")`, 'node_modules/dep/z.js'],
    ['run("make")', 'Makefile'],
    [`${R}"fs"); show("lib", "y")`, ''],
    [`exists(${J}__dirname, "lib"))`, ''],
  ])('%s', (text, expected) => {
    const files = {
      'a/b.js': text,
      'a/lib/index.js': '1',
      'a/lib/x.js': '1',
      'node_modules/dep/z.js': '1',
      'y.js': '1',
      Makefile: 'a:',
    };
    const fields = { imports: { '#inner': './a/lib/x.js', '#other': './y.js' } };
    expect(loadedBy('a/b.js', files, 'tarball', fields).sort().join(' ')).toBe(expected);
  });

  test('and what that loads, each once', () => {
    const files = { 'a.js': `${R}"./b")`, 'b.js': `${R}"./c")`, 'c.js': `${R}"./a")` };
    expect(loadedBy('a.js', files, 'tarball')).toEqual(['b.js', 'c.js']);
  });

  test('is all code where more is loaded than is followed', () => {
    const names = Array.from({ length: 2100 }, (_, at) => `${R}"./n${at}");`).join('');
    expect(loadedBy('a.js', { 'a.js': names, 'z.js': '1' }, 'tarball')).toEqual(['z.js']);
  });
});

describe('what a setup.py loads', () => {
  test.each([
    ['import tool', 'tool.py'],
    ['import os; import tool', 'tool.py'],
    ['from agent import version', 'src/agent/__init__.py src/agent/version.py'],
    [`${call('exec')}open("src/agent/version.py").read())`, 'src/agent/version.py'],
    [`${call('exec')}open("boot.txt").read())`, 'boot.txt'],
    [`runpy.${call('run_path')}"boot.txt")`, 'boot.txt'],
    [`run([python, "tool.py"])`, 'tool.py'],
    ['long = open("boot.txt").read()', ''],
    ['version = find("src/agent/version.py")', ''],
    ['sys.path.insert(0, "src/agent")\nimport version', 'src/agent/version.py'],
    [`${call('exec')}read("README.txt"))`, ''],
  ])('%s', (text, expected) => {
    const files = {
      'setup.py': text,
      'tool.py': '',
      'boot.txt': '',
      'README.txt': '',
      'src/agent/__init__.py': '',
      'src/agent/version.py': '',
    };
    expect(loadedBy('setup.py', files, 'sdist').sort().join(' ')).toBe(expected);
  });

  test('and what a package takes of itself', () => {
    const files = {
      'setup.py': 'import agent',
      'agent/__init__.py': 'from .a import (b,\n  c)',
      'agent/a.py': 'from .. import d',
    };
    expect(loadedBy('setup.py', files, 'sdist')).toEqual(['agent/__init__.py', 'agent/a.py']);
  });
});
