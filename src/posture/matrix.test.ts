import { describe, expect, it } from 'vitest';
import { expandMatrix, matrixValues } from './matrix.ts';
import { SourceText } from './source-text.ts';
import { readYaml, type YamlNode } from './yaml/yaml-node.ts';

function read(text: string): YamlNode {
  const { root } = readYaml(new SourceText('matrix.yml', text));
  if (root === null) throw new Error('no YAML');
  return root;
}

const MATRIX = read(`os: [linux, windows]
runner:
  - [self-hosted, arm64]
  - ubuntu-latest
image: [{ Name: node, tag: 24 }]
include:
  - os: macos
    extra: x
`);

describe('expandMatrix', () => {
  it('puts every value of an axis and of include in place', () => {
    expect(expandMatrix('a-${{ matrix.os }}', MATRIX)).toEqual(['a-linux', 'a-windows', 'a-macos']);
    expect(expandMatrix('${{ matrix.image.name }}:${{ matrix.Image.tag }}', MATRIX)).toEqual([
      'node:24',
    ]);
  });

  it('counts a list as its items', () => {
    expect(expandMatrix('${{ matrix.runner }}', MATRIX)).toEqual([
      'self-hosted',
      'arm64',
      'ubuntu-latest',
    ]);
  });

  it('leaves what the file does not say', () => {
    const made = read('os: ${{ fromJSON(needs.a.outputs.b) }}\n');
    expect(expandMatrix('${{ matrix.os }}', made)).toEqual(['${{ matrix.os }}']);
    expect(expandMatrix('${{ matrix.none }}-${{ inputs.a }}', MATRIX)).toEqual([
      '${{ matrix.none }}-${{ inputs.a }}',
    ]);
    expect(expandMatrix('${{ matrix.os }}', null)).toEqual(['${{ matrix.os }}']);
  });

  it('stops at 64 texts', () => {
    const axis = Array.from({ length: 20 }, (_, at) => `v${at}`).join(', ');
    const wide = read(`a: [${axis}]\n`);
    expect(expandMatrix('${{ matrix.a }}'.repeat(9), wide)).toHaveLength(64);
  });
});

describe('matrixValues', () => {
  it('is null where an expression makes the axis, include, or all of it', () => {
    for (const text of ['a: ${{ x }}\n', 'include: ${{ x }}\na: [1]\n']) {
      expect(matrixValues(read(text), 'a')).toBeNull();
    }
    expect(matrixValues({ ...read('[1]\n') }, 'a')).toBeNull();
  });
});
