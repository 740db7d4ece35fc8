/** Code of the package itself that pyproject.toml tells builders to run. */
import { isRecord } from './package-json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The table under these keys; empty where there is none. */
export function recordIn(fields: Fields, keys: readonly string[]): Fields {
  let inner: unknown = fields;
  for (const key of keys) inner = isRecord(inner) ? inner[key] : undefined;
  return isRecord(inner) ? inner : {};
}

/** What is run by its name: files, or modules as Python names them. Of Poetry, Hatchling, PDM,
 * setuptools and scikit-build-core. */
export function buildScripts(project: Fields): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const put = (name: string, value: unknown) => {
    if (typeof value === 'string' && value !== '') found.set(name, value);
  };
  const poetry = recordIn(project, ['tool', 'poetry']);
  put('poetry', recordIn(poetry, ['build'])['script'] ?? poetry['build']);
  putHatch(recordIn(project, ['tool', 'hatch']), put);
  const pdm = recordIn(project, ['tool', 'pdm']);
  put('pdm.version', recordIn(pdm, ['version'])['getter']);
  put('pdm.hook', recordIn(pdm, ['build'])['custom-hook']);
  put('pdm.setup', recordIn(pdm, ['build'])['setup-script']);
  const setuptools = recordIn(project, ['tool', 'setuptools']);
  put('setuptools.version', recordIn(setuptools, ['dynamic', 'version'])['attr']);
  const commands = recordIn(setuptools, ['cmdclass']);
  for (const [name, value] of Object.entries(commands)) put(`setuptools.cmdclass.${name}`, value);
  const providers = recordIn(project, ['tool', 'scikit-build', 'metadata']);
  for (const name of Object.keys(providers)) {
    const { provider, 'provider-path': path } = recordIn(providers, [name]);
    if (typeof path === 'string') put(`scikit-build.${name}`, `${path}/${provider}.py`);
  }
  return found;
}

function putHatch(hatch: Fields, put: (name: string, value: unknown) => void): void {
  const version = recordIn(hatch, ['version']);
  if (version['source'] === 'code') put('hatch.version', version['path']);
  const targets = recordIn(hatch, ['build', 'targets']);
  const tables = [
    ['hatch.build', recordIn(hatch, ['build', 'hooks'])] as const,
    ['hatch.metadata', recordIn(hatch, ['metadata', 'hooks'])] as const,
    ...Object.keys(targets).map(
      (name) => [`hatch.build.${name}`, recordIn(targets, [name, 'hooks'])] as const,
    ),
  ];
  for (const [name, hooks] of tables) {
    const custom = hooks['custom'];
    if (custom !== undefined) put(name, recordIn(hooks, ['custom'])['path'] ?? 'hatch_build.py');
  }
}

/** Files that such a name may mean: itself, or the module without what is asked of it. */
export function placesOfScript(value: string): readonly string[] {
  const [module = ''] = value.split(':', 1);
  const path = module.replaceAll('.', '/');
  const outer = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return [
    value,
    ...[path, outer].flatMap((one) =>
      one === ''
        ? []
        : ['', 'src/'].flatMap((top) => [`${top}${one}.py`, `${top}${one}/__init__.py`]),
    ),
  ];
}
