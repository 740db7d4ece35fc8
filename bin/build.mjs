/**
 * Builds `dist/`: declarations, and the program in a few files. Sources are a thousand modules, and
 * to load those takes longer than most packages take to be inspected. With `--if-possible` it is
 * silent where the tools to build with are not installed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stampSources } from './sources.mjs';

const root = join(import.meta.dirname, '..');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const bundler = join(root, 'node_modules/rolldown/package.json');

/** All lie at the top of `dist/`: the program finds its threads beside itself, and `bin/` one up. */
const ENTRIES = {
  index: 'src/index.ts',
  verify: 'src/verify.ts',
  main: 'src/cli/main.ts',
  'inspection-worker': 'src/host/inspection-worker.ts',
  'loose-file-worker': 'src/host/loose-file-worker.ts',
};

async function build() {
  const { rolldown } = await import('rolldown');
  const dist = join(root, 'dist');
  const stamp = stampSources(root);
  rmSync(dist, { recursive: true, force: true });
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  const bundle = await rolldown({
    cwd: root,
    input: ENTRIES,
    platform: 'node',
    // packages stay what npm installs, with their licences and their updates
    external: (id) => /^[^./\\]/.test(id) && !id.startsWith('src/'),
    plugins: [{ name: 'builtin-modules', renderChunk: takeBuiltins }],
  });
  await bundle.write({ dir: dist, format: 'esm', chunkFileNames: 'part-[name]-[hash].js' });
  await bundle.close();
  writeFileSync(join(dist, 'sources.txt'), `${stamp}\n`);
}

/**
 * An import of a module of Node reads all that it exports, and some of that is only loaded when it is
 * read: `node:crypto` brings Web Crypto, `node:fs` watchers and readline. So what is built takes from
 * the modules what it names, which saves a twelfth of the time that a command takes to start.
 */
function takeBuiltins(code) {
  return code.replace(/^import \{ (.+) \} from "(node:[a-z_/]+)";$/gm, (_, names, from) => {
    const taken = names.replaceAll(' as ', ': ');
    return `const { ${taken} } = process.getBuiltinModule("${from}");`;
  });
}

const isPossible = existsSync(compiler) && existsSync(bundler);
if (isPossible || !process.argv.includes('--if-possible')) await build();
