import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { configJsonSchema } from './config-schema.ts';

const schemaFile = new URL('../../docs/schema/countersign.schema.json', import.meta.url);
const page = new URL('../../docs/configuration.md', import.meta.url);

/** What a fragment of the page is completed with where it lacks a section. */
const rest: Readonly<Record<string, string>> = {
  gateway: 'gateway: { origin: "https://release.example.com" }',
  upstreams: 'upstreams: {}',
  projects: 'projects: {}',
  policies: 'policies: {}',
};

test('the published JSON Schema is the one of the program (UPDATE_DOCS=1 rewrites it)', async () => {
  const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_DOCS'] === '1') await writeFile(schemaFile, text);
  expect(await readFile(schemaFile, 'utf8')).toBe(text);
});

test('every example of docs/configuration.md is a configuration', async () => {
  const text = await readFile(page, 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((one) => one[1] ?? '');
  expect(blocks.length).toBeGreaterThan(4);
  for (const block of blocks) {
    const missing = Object.entries(rest).filter(
      ([key]) => !new RegExp(`^${key}:`, 'm').test(block),
    );
    const whole = [block, ...missing.map(([, line]) => line)].join('\n');
    expect(() => parseConfig(whole, '/srv/countersign.yaml'), block).not.toThrow();
  }
});

test('docs/configuration.md names every key of the schema', async () => {
  const text = await readFile(page, 'utf8');
  const keys = new Set<string>();
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') for (const name of Object.keys(value as object)) keys.add(name);
      collect(value);
    }
  };
  collect(configJsonSchema());
  expect(keys.size).toBeGreaterThan(40);
  expect([...keys].filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
});
