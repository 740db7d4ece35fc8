import { normalizeProjectName } from '../../formats/python-filename.ts';
import { quoteForeign } from '../../formats/text.ts';
import type { ArtifactProblem, ArtifactRule, ArtifactView } from '../rule.ts';
import { sdistFiles, wheelFiles } from '../samples/sample-artifact.ts';

/** Groups of entry points that a tool loads without being told to, and when. */
const PLUGINS: ReadonlyMap<string, string> = new Map([
  ['pytest11', 'at every run of pytest'],
  ['setuptools.finalize_distribution_options', 'at every build with setuptools'],
  ['setuptools.file_finders', 'at every build with setuptools'],
  ['distutils.commands', 'at builds with setuptools'],
  ['distutils.setup_keywords', 'at every build with setuptools'],
  ['egg_info.writers', 'at every build with setuptools'],
  ['keyring.backends', 'whenever keyring, and so pip or twine, asks for a password'],
  ['flake8.extension', 'at every run of flake8'],
  ['tox', 'at every run of tox'],
  ['poetry.application.plugin', 'at every run of Poetry'],
  ['poetry.plugin', 'at every run of Poetry'],
  ['pdm', 'at every run of PDM'],
  ['xontribs', 'at every start of xonsh'],
  ['opentelemetry_distro', 'wherever OpenTelemetry instruments a program'],
  ['opentelemetry_pre_instrument', 'wherever OpenTelemetry instruments a program'],
  ['opentelemetry_post_instrument', 'wherever OpenTelemetry instruments a program'],
  ['opentelemetry_instrumentor', 'wherever OpenTelemetry instruments a program'],
  ['hypothesis', 'wherever Hypothesis is imported, so at its tests'],
  ['torch.backends', 'wherever PyTorch is imported'],
  ['numba_extensions', 'wherever Numba compiles'],
  ['vllm.general_plugins', 'at every start of vLLM'],
  ['airflow.plugins', 'at every start of Airflow'],
  ['mlflow.request_header_provider', 'at every request of MLflow'],
  ['mlflow.run_context_provider', 'at every run of MLflow'],
  ['flask.commands', 'at every call of the flask command'],
  ['celery.commands', 'at every call of the celery command'],
  ['twine.registered_commands', 'by twine, which holds credentials of a registry'],
  ['hatch', 'at every run of Hatch and Hatchling'],
  ['virtualenv.create', 'wherever virtualenv makes an environment'],
  ['virtualenv.discovery', 'wherever virtualenv makes an environment'],
  ['virtualenv.activate', 'wherever virtualenv makes an environment'],
  ['virtualenv.seed', 'wherever virtualenv makes an environment'],
  ['setuptools_scm.local_scheme', 'at builds with setuptools-scm'],
  ['setuptools_scm.version_scheme', 'at builds with setuptools-scm'],
  ['jupyter_serverproxy_servers', 'at every start of Jupyter with its proxy'],
  ['opentelemetry_configurator', 'wherever OpenTelemetry instruments a program'],
]);

/** Files that land beside the interpreter, and who reads them. */
const FILES: readonly (readonly [pattern: RegExp, when: string])[] = [
  [/^etc\/jupyter\/[a-z_]+_config\.(?:d\/.+\.json|json|py)$/, 'at every start of Jupyter'],
  [/^etc\/ipython\/.+\.(?:py|ipy)$/, 'at every start of IPython'],
  [/^etc\/profile\.d\/.+\.sh$/, 'by shells when somebody logs in'],
  [/^(?:etc\/fish\/conf\.d|share\/fish\/vendor_conf\.d)\/.+\.fish$/, 'at every start of fish'],
  [/^(?:etc|lib|share)\/systemd\/(?:system|user)\/.+/, 'by systemd'],
  [/^etc\/cron(?:\.d|\.hourly|\.daily)\/.+/, 'by cron'],
  [
    /^etc\/(?:conda\/(?:de)?activate\.d|bash_completion\.d)\/.+/,
    'by shells that begin to work here',
  ],
  [
    /^etc\/(?:sudoers|pam|ld\.so\.conf|environment|init|rc)\.d\/.+|^etc\/rc\.local$/,
    'by the system',
  ],
  [/^pip\.(?:conf|ini)$/, 'by pip, which fetches from where it says'],
  [/^pyvenv\.cfg$/, 'at every start of Python'],
  [
    /^(?:bin|Scripts)\/(?:[Aa]ctivate[^/]*|python[^/]*|pip[^/]*)$/,
    'when somebody begins to work here',
  ],
  [/^etc\/xdg\/autostart\/.+\.desktop$|^share\/autostart\/.+/, 'by desktops when somebody logs in'],
];
/** What takes the place of the machine's own, of a first release too. */
const REPLACES =
  /^\.data\/data\/(?:pip\.(?:conf|ini)|pyvenv\.cfg|(?:bin|Scripts)\/(?:[Aa]ctivate|python|pip)[^/]*)$/;
/** Modules that tools import, and whose they are: whoever brings one replaces it. */
const MODULES: ReadonlyMap<string, string> = new Map([
  ...[
    ...['pip', 'setuptools', 'wheel', 'certifi', 'urllib3', 'requests', 'idna', 'pytest', 'pluggy'],
    ...['virtualenv', 'six', 'packaging', 'click', 'filelock', 'platformdirs', 'keyring', 'twine'],
  ].map((name) => [name, name] as const),
  ['pkg_resources', 'setuptools'] as const,
  ['_distutils_hack', 'setuptools'] as const,
  ['_pytest', 'pytest'] as const,
  ['typing_extensions', 'typing-extensions'] as const,
]);
const DATA = '.data/data/';
/** What lands in site-packages, wherever in the wheel it lies. */
const SITE =
  /^\.data\/(?:purelib|platlib|data\/(?:(?:local\/)?lib(?:64)?\/(?:python|pypy)[0-9.]*t?|Lib)\/(?:site|dist)-packages)\//i;
const CONFTEST = /^conftest\.py$/;

export const rule: ArtifactRule = {
  kind: 'artifact',
  id: 'tool-start-file',
  version: 4,
  category: 'content',
  severity: 'high',
  effect: 'hold',
  about:
    'Files and entry points of a wheel that a tool of the machine loads by itself: plugins of pytest, setuptools, keyring, tox and others, conftest.py at the top, configuration of Jupyter, shells, pip and services; modules of tools that are of another project, and a new module at the top that is called like nothing of the project',
  attack:
    'The code runs although nobody imports the package: the way of litellm_init.pth in litellm 1.82.7 / 1.82.8 (I36) without a file that scanners know, and where credentials are: in test runs and builds of CI',
  mend: 'Read what is loaded from its first line on, and acknowledge where the package is meant to be a plugin',
  *check(view) {
    if (view.tree.layout !== 'wheel') return;
    yield* pluginsOf(view);
    yield* replacedModules(view);
    yield* otherMetadata(view);
    yield* strangeModules(view);
    for (const file of view.tree.files) {
      const when = whenRead(file.place);
      if (when === null) continue;
      const known = view.change?.before.files.find((one) => one.place === file.place);
      if (known?.sha256 === file.sha256 && known !== undefined) continue;
      const message = `this file is read ${when}, imported or not`;
      yield REPLACES.test(file.place)
        ? { path: file.path, message: `${message}, in place of the one that is there` }
        : { path: file.path, ...judged(view, message) };
    }
  },
  examples: {
    bad: [
      {
        about: 'a first plugin of pytest',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({ 'agent.py': '' }),
          entries: wheelFiles({ 'agent.py': '', ...points('[pytest11]\nagent = agent\n') }),
        }),
      },
      {
        about: 'a plugin that is another module now',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({ 'a.py': '', ...points('[keyring.backends]\nagent = a\n') }),
          entries: wheelFiles({ 'a.py': '', ...points('[keyring.backends]\nagent = a.b\n') }),
        }),
      },
      ...['hypothesis', 'torch.backends', 'twine.registered_commands', 'virtualenv.create'].map(
        (group) => ({
          about: `a first entry point of ${group}`,
          make: () => ({
            kind: 'wheel' as const,
            before: wheelFiles({ 'agent.py': '' }),
            entries: wheelFiles({ 'agent.py': '', ...points(`[${group}]\na = agent\n`) }),
          }),
        }),
      ),
      ...['lib/python3.14/site-packages/pip/__init__.py', 'Lib/site-packages/six.py'].map(
        (name) => ({
          about: `a module of another project as ${name}`,
          make: () => ({
            kind: 'wheel' as const,
            entries: wheelFiles({ [`aitbc_agent_sdk-1.2.3.data/data/${name}`]: '' }),
          }),
        }),
      ),
      {
        about: 'a module of another project as code for a processor',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'certifi.cpython-314-x86_64-linux-gnu.so': '\x7fELF\0' }),
        }),
      },
      {
        about: 'a first conftest.py beside all other packages',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({ 'agent.py': '' }),
          entries: wheelFiles({ 'agent.py': '', 'conftest.py': 'import agent\n' }),
        }),
      },
      {
        about: 'a configuration of Jupyter that was not there',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({}),
          entries: wheelFiles({
            'aitbc_agent_sdk-1.2.3.data/data/etc/jupyter/jupyter_server_config.d/a.json': '{}',
          }),
        }),
      },
      ...['pip.conf', 'pyvenv.cfg', 'bin/activate', 'bin/python3'].map((name) => ({
        about: `${name} beside the interpreter`,
        make: () => ({
          kind: 'wheel' as const,
          entries: wheelFiles({ [`aitbc_agent_sdk-1.2.3.data/data/${name}`]: 'x' }),
        }),
      })),
      ...['yaml/__init__.py', 'numpy.py', 'aitbc_agent_sdk-1.2.3.data/purelib/boto3/a.py'].map(
        (place) => ({
          about: `a module of another project that was not there: ${place}`,
          make: () => ({
            kind: 'wheel' as const,
            before: wheelFiles({ 'agent/__init__.py': '' }),
            entries: wheelFiles({ 'agent/__init__.py': '', [place]: '' }),
          }),
        }),
      ),
      {
        about: 'a module of pip in the wheel of another project',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'pip/__init__.py': '' }) }),
      },
      ...['evil.egg-info', 'aitbc_agent_sdk-1.2.3.data/purelib/evil-1.0.dist-info'].map(
        (folder) => ({
          about: `metadata of another distribution in ${folder}`,
          make: () => ({
            kind: 'wheel' as const,
            entries: wheelFiles({ [`${folder}/entry_points.txt`]: '[pytest11]\na = agent\n' }),
          }),
        }),
      ),
    ],
    noted: [
      {
        about: 'a plugin of pytest from its first release on',
        make: () => ({ kind: 'wheel', entries: wheelFiles(points('[pytest11]\nagent = agent\n')) }),
      },
      {
        about: 'a conftest.py at the top of a first release',
        make: () => ({ kind: 'wheel', entries: wheelFiles({ 'conftest.py': '' }) }),
      },
    ],
    fine: [
      {
        about: 'stubs and parts of its own under such a name',
        make: () => ({
          kind: 'wheel',
          entries: wheelFiles({ 'requests-stubs/a.pyi': '', 'agent/pip/__init__.py': '' }),
        }),
      },
      {
        about: 'a new module that is called like the project or what it had',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({ 'agent/__init__.py': '' }),
          entries: wheelFiles({ 'agent/__init__.py': '', '_agent.py': '', 'aitbc/a.py': '' }),
        }),
      },
      {
        about: 'the same plugin as before',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles(points('[pytest11]\nagent = agent\n')),
          entries: wheelFiles(points('[pytest11]\nagent = agent\n')),
        }),
      },
      {
        about: 'a command',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({}),
          entries: wheelFiles(points('[console_scripts]\nagent = agent:main\n')),
        }),
      },
      {
        about: 'a conftest.py in a package',
        make: () => ({
          kind: 'wheel',
          before: wheelFiles({}),
          entries: wheelFiles({ 'agent/tests/conftest.py': '' }),
        }),
      },
      {
        about: 'a source distribution with its tests',
        make: () => ({
          kind: 'sdist',
          before: sdistFiles({}),
          entries: sdistFiles({ 'conftest.py': '' }),
        }),
      },
    ],
  },
};

function points(text: string) {
  return { 'aitbc_agent_sdk-1.2.3.dist-info/entry_points.txt': text };
}

function* pluginsOf(view: ArtifactView): Iterable<ArtifactProblem> {
  const { tree, change } = view;
  const path = tree.byPlace.get('.dist-info/entry_points.txt')?.path;
  const place = path === undefined ? {} : { path };
  const seen = new Set<string>();
  for (const [name, target] of tree.facts) {
    const group = groupOf(name);
    const when = PLUGINS.get(group);
    if (when === undefined) continue;
    if (change?.before.facts.some((one) => one.name === name && one.value === target)) continue;
    // of a first release each group once: setuptools has forty of its own
    if (change === null && seen.has(group)) continue;
    seen.add(group);
    const message = `the entry point ${quoteForeign(name)} loads ${quoteForeign(target)} ${when}`;
    yield { subject: name, ...place, ...judged(view, message) };
  }
}

/** Of `group.name`, where both may have dots, the longest group that is known. */
function groupOf(name: string): string {
  const groups = [...PLUGINS.keys()].filter((group) => name.startsWith(`${group}.`));
  return groups.sort((one, other) => other.length - one.length)[0] ?? '';
}

/** Modules at the top that are those of another project. */
function* replacedModules({ tree }: ArtifactView): Iterable<ArtifactProblem> {
  const metadata = Buffer.from(tree.texts.get('.dist-info/METADATA') ?? []).toString('utf8');
  const own = normalizeProjectName(/^Name:[ \t]*(\S+)/m.exec(metadata)?.[1] ?? '');
  const told = new Set<string>();
  for (const { place, path } of tree.files) {
    const bare = place.replace(SITE, '');
    const module =
      /^([A-Za-z0-9_]+)(?:\/|\.pyc?$|\.(?:[A-Za-z0-9_-]+\.)?(?:so|pyd)$)/.exec(bare)?.[1] ?? '';
    const owner = MODULES.get(module);
    if (owner === undefined || owner === own || told.has(module)) continue;
    told.add(module);
    const message = `the module ${module} is that of ${owner}: it is replaced wherever this is installed`;
    yield { path, subject: module, message };
  }
}

const AT_TOP = /^([A-Za-z_]\w*)(?:\/|\.py$|\.(?:[A-Za-z0-9_-]+\.)?(?:so|pyd)$)/;

/** Modules at the top that are new, and called like nothing of the project: whose they are is for the
 * reader to say. */
function* strangeModules({ tree, artifact, change }: ArtifactView): Iterable<ArtifactProblem> {
  if (change === null) return;
  const topOf = (place: string) => AT_TOP.exec(place.replace(SITE, ''))?.[1];
  const known = new Set(change.before.files.flatMap(({ place }) => topOf(place) ?? []));
  const names = [artifact.package, ...known].map(plainName).filter((one) => one.length > 2);
  for (const { place, path } of tree.files) {
    const module = topOf(place);
    if (module === undefined || known.has(module) || MODULES.has(module)) continue;
    known.add(module);
    const plain = plainName(module);
    if (names.some((one) => plain.includes(one) || one.includes(plain))) continue;
    const message = `the module ${module} is new at the top, and called like nothing of this project: where another brings it, it is replaced`;
    yield { path, subject: module, message };
  }
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Metadata at the top that is not the wheel's own. */
const OTHER_METADATA =
  /^(?:\.data\/(?:purelib|platlib)\/[^/]+\.(?:dist-info|egg-info)|[^/]+\.egg-info)(?=\/|$)/;

/** Whoever asks for entry points gets those of every folder of metadata, installed or only unpacked. */
function* otherMetadata({ tree }: ArtifactView): Iterable<ArtifactProblem> {
  const told = new Set<string>();
  for (const { place, path } of tree.files) {
    const folder = OTHER_METADATA.exec(place)?.[0];
    if (folder === undefined || told.has(folder)) continue;
    told.add(folder);
    const message = `${quoteForeign(folder)} says that another distribution is installed, with entry points that tools load`;
    yield { path, subject: folder, message };
  }
}

function whenRead(place: string): string | null {
  if (CONFTEST.test(place.replace(SITE, ''))) return 'by pytest in every folder below';
  if (!place.startsWith(DATA)) return null;
  const name = place.slice(DATA.length);
  return FILES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** What is new against an approved version is held; of a first release it is what the package is. */
function judged({ change }: ArtifactView, message: string): ArtifactProblem {
  if (change !== null) return { message: `${message}; the version before had it not so` };
  return { message, effect: 'note', severity: 'low' };
}
