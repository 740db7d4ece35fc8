import { quoteForeign } from '../../formats/text.ts';
import { fileExample } from '../artifact/packed-file.ts';
import { isRecord, parsePackageJson } from '../diff/package-json.ts';
import type { EntryRule } from '../rule.ts';

const BUNDLED = /\/node_modules\/(?:@[^/]+\/)?[^/]+\/(package\.json|binding\.gyp)$/i;

export const rule: EntryRule = {
  kind: 'entry',
  id: 'bundled-install-script',
  version: 3,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about: 'Dependencies that are packed inside of the package and have install scripts of their own',
  attack:
    'npm runs the hooks of bundled dependencies too, and no registry has ever checked them under this name: the hook of Shai-Hulud 2.0 (PostHog, Zapier, Postman, AsyncAPI; ~800) (I30) one level deeper',
  mend: 'Name the dependency instead of packing it, or take its install scripts out',
  paths: BUNDLED,
  *check({ path, kind, content, sizeBytes }) {
    const name = BUNDLED.exec(path)?.[1]?.toLowerCase();
    if (kind !== 'file' || name === undefined) return;
    if (name === 'binding.gyp') {
      yield { message: 'npm builds this bundled dependency on installation' };
      return;
    }
    if (sizeBytes > content.length) {
      yield { message: `its package.json has ${sizeBytes} bytes, of which the end is not read` };
    }
    const scripts = parsePackageJson(content)?.['scripts'];
    if (!isRecord(scripts)) return;
    for (const hook of ['preinstall', 'install', 'postinstall']) {
      const command = scripts[hook];
      if (typeof command !== 'string') continue;
      yield { message: `${hook} of a bundled dependency runs ${quoteForeign(command, 200)}` };
    }
  },
  examples: {
    bad: [
      {
        about: 'a bundled hook',
        make: () =>
          fileExample(
            'package/node_modules/@a/b/package.json',
            '{"name":"@a/b","scripts":{"postinstall":"node a.js"}}',
          ),
      },
      {
        about: 'a bundled hook in another spelling, which is the same file on some machines',
        make: () =>
          fileExample('package/node_modules/b/Package.json', '{"scripts":{"install":"node a.js"}}'),
      },
      {
        about: 'a bundled package.json that is too long to be read whole',
        make: () => {
          const entry = fileExample('package/node_modules/b/package.json', '{');
          return { ...entry, sizeBytes: 2 ** 24 };
        },
      },
      {
        about: 'a bundled native build',
        make: () => fileExample('package/node_modules/b/binding.gyp', '{}'),
      },
    ],
    fine: [
      {
        about: 'a bundled dependency without hooks',
        make: () => fileExample('package/node_modules/b/package.json', '{"scripts":{"test":"a"}}'),
      },
      {
        about: 'the package itself, which another rule looks at',
        make: () => fileExample('package/package.json', '{"scripts":{"postinstall":"node a.js"}}'),
      },
    ],
  },
};
