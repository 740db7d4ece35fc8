/**
 * Settings of a package at an npm registry. The calls are those of the npm CLI (`npm trust list`,
 * `npm access list collaborators`, `npm token list`) and of the public package document; npm's API
 * has none that shows a package's publishing access.
 */
import { list, type Reader } from '../core/shape.ts';
import type { Secret } from '../host/secret.ts';
import type {
  Collaborator,
  NpmPackageSettings,
  Observation,
  RegistryToken,
  TrustedPublisher,
} from '../posture/settings.ts';
import { fallback, flag, label, moment, part, word } from './foreign-shape.ts';
import { type NpmDocument, readNpmDocument } from './npm-document.ts';
import type { SettingsDeps } from './settings-call.ts';
import {
  createSettingsHttp,
  derive,
  type Page,
  type SettingsHttp,
  unverified,
} from './settings-http.ts';
import { unseenNpmPackage } from './unseen.ts';

/** `registry`: its address as configured. `token`: of an account with rights on the packages. */
export interface RegistryOptions extends SettingsDeps {
  readonly registry: string;
  readonly token: Secret | null;
}

/** Throws `unauthenticated` for a token that is not taken; whatever else fails is `unverified`. */
export interface NpmObserver {
  observe(name: string): Promise<NpmPackageSettings>;
}

const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[A-Za-z0-9~_-][A-Za-z0-9._~-]*$/;
const NAME_MAX = 214;

/** The account's tokens are asked for once. Throws `config-invalid`. */
export function createNpmSettings(options: RegistryOptions): NpmObserver {
  const { registry } = options;
  const http = createSettingsHttp({ baseUrl: registry, token: options.token }, options);
  let tokens: Promise<Observation<readonly RegistryToken[]>> | undefined;
  return {
    async observe(name) {
      if (name.length > NAME_MAX || !NAME.test(name)) {
        return unseenNpmPackage(name, registry, 'not asked: this is no name of an npm package');
      }
      const path = name.replace('/', '%2f');
      const document = await readDocument(http, path, name);
      const collaborators = await readCollaborators(http, path);
      const trustedPublishers = await readPublishers(http, path);
      tokens ??= readTokens(http);
      return {
        ecosystem: 'npm',
        name,
        registry,
        maintainers: derive(document, (one) => one.maintainers),
        collaborators,
        trustedPublishers,
        publishAccess: unverified("npm shows it on the package's settings page and by no call"),
        tokens: await tokens,
        latest: derive(document, (one) => one.latest),
        recent: derive(document, (one) => one.recent),
      };
    },
  };
}

/** The package document ("packument"), read as it arrives: it may have tens of megabytes. */
function readDocument(
  http: SettingsHttp,
  path: string,
  name: string,
): Promise<Observation<NpmDocument>> {
  return http.read({
    path,
    body: (body, what) => readNpmDocument(body, what, name),
    shape: (value) => value as NpmDocument,
  });
}

/** `GET /-/package/NAME/collaborators`: rights by account, `read-only` or `read-write`. */
function readCollaborators(
  http: SettingsHttp,
  path: string,
): Promise<Observation<readonly Collaborator[]>> {
  const right = word({
    read: 'read',
    'read-only': 'read',
    write: 'write',
    'read-write': 'write',
  } as const);
  return http.read({
    path: `-/package/${path}/collaborators`,
    needsToken: true,
    shape: (value, where) =>
      Object.entries(plainObject(value, where))
        .slice(0, 10_000)
        .map(([name, permission]) => ({
          name: label(name, where),
          permission: right(permission, `${where}.${name.slice(0, 50)}`),
        })),
  });
}

const plainObject: Reader<object> = (value, path) => {
  part({})(value, path);
  return value as object;
};

/** `GET /-/package/NAME/trust`: a list, or one object; asks for a second factor. */
function readPublishers(
  http: SettingsHttp,
  path: string,
): Promise<Observation<readonly TrustedPublisher[]>> {
  return http.read({
    path: `-/package/${path}/trust`,
    needsToken: true,
    shape: (value, where) =>
      Array.isArray(value) ? list(publisher, 100)(value, where) : [publisher(value, where)],
  });
}

const file = fallback(part({ file: fallback(label, null) }), { file: null });

const publisherShape = part({
  type: label,
  claims: fallback(
    part({
      repository: fallback(label, null),
      project_path: fallback(label, null),
      'oidc.circleci.com/vcs-origin': fallback(label, null),
      workflow_ref: file,
      ci_config_ref_uri: file,
      environment: fallback(label, null),
    }),
    null,
  ),
  permissions: fallback(list(label, 20), []),
});

const RIGHTS: ReadonlyMap<string, 'publish' | 'stage'> = new Map([
  ['createPackage', 'publish'],
  ['createStagedPackage', 'stage'],
]);

const ISSUERS: Readonly<Record<string, TrustedPublisher['issuer']>> = {
  github: 'github',
  gitlab: 'gitlab',
  circleci: 'circleci',
};

const publisher: Reader<TrustedPublisher> = (value, path) => {
  const { type, claims, permissions } = publisherShape(value, path);
  const may = permissions.flatMap((one) => RIGHTS.get(one) ?? []);
  return {
    issuer: ISSUERS[type] ?? 'other',
    repository:
      claims?.repository ??
      claims?.project_path ??
      claims?.['oidc.circleci.com/vcs-origin'] ??
      null,
    workflow: claims?.workflow_ref.file ?? claims?.ci_config_ref_uri.file ?? null,
    environment: claims?.environment ?? null,
    // those made before 2026-05-20 name nothing and may publish
    may: permissions.length === 0 ? ['publish'] : may,
  };
};

const tokenShape = part({
  name: fallback(label, 'without a name'),
  readonly: fallback(flag, false),
  created: fallback(moment, null),
  expires: fallback(moment, null),
  cidr_whitelist: fallback(list(label, 1_000), []),
  bypass_2fa: fallback(flag, null),
});

const tokenPage = part({
  objects: list(tokenShape, 1_000),
  urls: fallback(part({ next: fallback(label, null) }), { next: null }),
});

/** `GET /-/npm/v1/tokens`: of the account that asks; the next page stands in the body. */
function readTokens(http: SettingsHttp): Promise<Observation<readonly RegistryToken[]>> {
  return http.list({
    path: '-/npm/v1/tokens',
    needsToken: true,
    shape: (value, where): Page<RegistryToken> => {
      const { objects, urls } = tokenPage(value, where);
      return {
        items: objects.map((one) => ({
          name: one.name,
          readOnly: one.readonly,
          createdAt: one.created,
          expiresAt: one.expires,
          addressBound: one.cidr_whitelist.length > 0,
          secondFactorBypassed: one.bypass_2fa,
        })),
        total: null,
        next: urls.next,
      };
    },
  });
}
