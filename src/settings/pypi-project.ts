/**
 * Settings of a project at a Python index, as far as it shows them to everybody: the JSON API, with
 * its `ownership`, and the provenance of each file by the Integrity API (Warehouse's user
 * documentation, api/json and api/integrity; PEP 740). Trusted publishers are shown by no call:
 * those that uploaded are known from the provenance.
 */
import { integer, list, type Read, type Reader } from '../core/shape.ts';
import { normalizeProjectName } from '../formats/python-filename.ts';
import type {
  Observation,
  PypiFile,
  PypiProjectSettings,
  PypiRelease,
  RegistryAccount,
  TrustedPublisher,
} from '../posture/settings.ts';
import { type JsonLimits, readJsonStream } from '../upstream/json-stream.ts';
import { fallback, flag, label, moment, part, word } from './foreign-shape.ts';
import type { RegistryOptions } from './npm-package.ts';
import { createSettingsHttp, derive, type SettingsHttp, unverified } from './settings-http.ts';
import { unseenPypiProject } from './unseen.ts';

/** Whatever fails is `unverified`; nothing is thrown but `unauthenticated`. */
export interface PypiObserver {
  observe(name: string): Promise<PypiProjectSettings>;
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const LIMITS: JsonLimits = {
  maxBytes: 200 * 1024 * 1024,
  maxValueCharacters: 4 * 1024 * 1024,
  maxDepth: 64,
};
/** Files of a release whose provenance is asked for; each is a call. */
const FILES_MAX = 20;

/**
 * `registry`: the index's address, or what is below it in a configuration (`simple/`, `legacy/`).
 * Throws `config-invalid`.
 */
export function createPypiSettings(options: RegistryOptions): PypiObserver {
  const { registry } = options;
  const baseUrl = registry.replace(/\/(?:simple|legacy)\/?$/, '/');
  const http = createSettingsHttp({ baseUrl, token: options.token }, options);
  return {
    async observe(name) {
      if (name.length > 200 || !NAME.test(name)) {
        return unseenPypiProject(name, registry, 'not asked: this is no name of a Python project');
      }
      return observeProject(http, normalizeProjectName(name), name, registry);
    },
  };
}

const projectShape = part({
  info: part({ version: label }),
  urls: list(
    part({
      filename: label,
      upload_time_iso_8601: fallback(moment, null),
      yanked: fallback(flag, false),
    }),
    10_000,
  ),
  ownership: fallback(
    part({
      organization: fallback(label, null),
      roles: list(
        part({ role: word({ Owner: 'owner', Maintainer: 'maintainer' } as const), user: label }),
      ),
    }),
    null,
  ),
});

type Project = Read<typeof projectShape>;

async function observeProject(
  http: SettingsHttp,
  normalized: string,
  name: string,
  registry: string,
): Promise<PypiProjectSettings> {
  const project = await http.read({
    path: `pypi/${normalized}/json`,
    body: readSelected,
    shape: projectShape,
  });
  return {
    ecosystem: 'pypi',
    name,
    registry,
    maintainers: ownership(project, (owned) =>
      owned.roles.map(
        (one): RegistryAccount => ({ name: one.user, role: one.role, emailDomain: null }),
      ),
    ),
    organization: ownership(project, (owned) => owned.organization),
    latest: await observeLatest(http, normalized, project),
  };
}

function ownership<T>(
  project: Observation<Project>,
  make: (owned: NonNullable<Project['ownership']>) => T,
): Observation<T> {
  if (project.kind === 'unverified') return project;
  const { ownership: owned } = project.value;
  return owned === null
    ? unverified('this index does not show who owns a project')
    : derive(project, () => make(owned));
}

/** The document lists every file of every release, which is not read. */
async function readSelected(body: AsyncIterable<Uint8Array>, what: string): Promise<unknown> {
  const info: Record<string, unknown> = {};
  const found: Record<string, unknown> = { info };
  await readJsonStream(body, what, LIMITS, {
    wants: ([field, key, ...deeper]) => {
      if (key === undefined) return field === 'urls' || field === 'ownership';
      return field === 'info' && key === 'version' && deeper.length === 0;
    },
    take: ([field, key], value) => {
      if (field === 'info' && key === 'version') info['version'] = value;
      else if (field === 'urls' || field === 'ownership') found[field] = value;
    },
  });
  return found;
}

async function observeLatest(
  http: SettingsHttp,
  normalized: string,
  project: Observation<Project>,
): Promise<Observation<PypiRelease | null>> {
  if (project.kind === 'unverified') return project;
  const { info, urls } = project.value;
  const files: PypiFile[] = [];
  for (const [index, file] of urls.entries()) {
    files.push({
      name: file.filename,
      uploadedAt: file.upload_time_iso_8601,
      yanked: file.yanked,
      provenance:
        index < FILES_MAX
          ? await readProvenance(http, [normalized, info.version, file.filename])
          : unverified(`not asked: only for the first ${FILES_MAX} files`),
    });
  }
  return derive(project, () => (files.length === 0 ? null : { version: info.version, files }));
}

/** 404 with "No provenance available" means none; another 404 may be an index without this API. */
function readProvenance(
  http: SettingsHttp,
  place: readonly string[],
): Promise<Observation<TrustedPublisher | null>> {
  return http.read({
    path: `integrity/${place.map(encodeURIComponent).join('/')}/provenance`,
    accept: 'application/vnd.pypi.integrity.v1+json',
    shape: provenance,
    absent: (words) => (/^no provenance/i.test(words) ? { value: null } : undefined),
  });
}

const provenanceShape = part({
  version: integer(1, 1),
  attestation_bundles: list(
    part({
      publisher: part({
        kind: label,
        repository: fallback(label, null),
        workflow: fallback(label, null),
        workflow_filepath: fallback(label, null),
        environment: fallback((value, path) => (value === '' ? null : label(value, path)), null),
      }),
    }),
    100,
  ),
});

const ISSUERS: Readonly<Record<string, TrustedPublisher['issuer']>> = {
  GitHub: 'github',
  GitLab: 'gitlab',
  Google: 'google',
  CircleCI: 'circleci',
};

const provenance: Reader<TrustedPublisher | null> = (value, path) => {
  const publisher = provenanceShape(value, path).attestation_bundles[0]?.publisher;
  if (publisher === undefined) return null;
  return {
    issuer: ISSUERS[publisher.kind] ?? 'other',
    repository: publisher.repository,
    workflow: publisher.workflow ?? publisher.workflow_filepath,
    environment: publisher.environment,
    may: ['publish'],
  };
};
