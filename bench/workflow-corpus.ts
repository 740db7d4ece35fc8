/**
 * Real workflows to measure the posture audit with: one folder for each repository, as its checkout
 * has them. Gathered from public Go modules, whose archives hold `.github`, and from the packages
 * that are installed here. What a folder that is there already holds is used as it is.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CACHE } from './corpus.ts';

export interface CorpusRepository {
  readonly name: string;
  readonly folder: string;
  /** Paths of workflows from the folder, in order; some have only actions. */
  readonly workflows: readonly string[];
}

/** Pinned, so that two runs measure the same bytes; those of many workflows first. */
const GO_MODULES = [
  'github.com/aquasecurity/trivy@v0.74.0',
  'go.etcd.io/bbolt@v1.5.0',
  'github.com/containerd/containerd/v2@v2.3.3',
  'github.com/sigstore/protobuf-specs@v0.5.1',
  'github.com/testcontainers/testcontainers-go@v0.43.0',
  'github.com/docker/docker@v28.5.2+incompatible',
  'go.opentelemetry.io/otel@v1.44.0',
  'github.com/open-policy-agent/opa@v1.19.0',
  'github.com/google/go-containerregistry@v0.21.9',
  'github.com/moby/buildkit@v0.32.2',
  'github.com/bufbuild/buf@v1.70.0',
  'github.com/lestrrat-go/jwx/v3@v3.1.1',
  'github.com/docker/cli@v29.7.2+incompatible',
  'github.com/redis/go-redis/v9@v9.22.0',
  'github.com/go-openapi/strfmt@v0.26.4',
  'github.com/envoyproxy/protoc-gen-validate@v1.3.3',
  'github.com/sigstore/rekor@v1.5.3',
  'google.golang.org/grpc@v1.82.1',
  'github.com/sigstore/sigstore@v1.10.8',
  'github.com/sigstore/sigstore-go@v1.1.0',
  'github.com/lestrrat-go/dsig@v1.2.1',
  'github.com/go-openapi/validate@v0.26.0',
  'github.com/go-openapi/swag@v0.26.1',
  'github.com/go-openapi/spec@v0.22.6',
  'github.com/go-openapi/jsonreference@v0.21.6',
  'github.com/go-openapi/errors@v0.22.8',
  'github.com/aquasecurity/trivy-checks@v1.12.2-0.20251219190323-79d27547baf5',
  'helm.sh/helm/v4@v4.2.3',
  'github.com/shirou/gopsutil/v4@v4.26.5',
  'github.com/go-openapi/runtime@v0.32.4',
  'github.com/go-openapi/jsonpointer@v0.23.1',
  'sigs.k8s.io/controller-runtime@v0.24.1',
  'github.com/spf13/viper@v1.21.0',
  'github.com/rhysd/actionlint@v1.7.12',
  'github.com/quic-go/quic-go@v0.59.1',
  'github.com/pelletier/go-toml/v2@v2.3.1',
  'github.com/pandatix/go-cvss@v0.6.2',
  'github.com/openvex/go-vex@v0.2.7',
  'buf.build/go/protovalidate@v1.2.0',
  'oras.land/oras-go/v2@v2.6.2',
  'github.com/samber/lo@v1.53.0',
  'github.com/in-toto/attestation@v1.2.0',
  'github.com/go-git/go-git/v5@v5.19.2',
];

const WORKFLOWS = '.github/workflows/{*,.*}.{yml,yaml}';
const CORPUS: string = join(CACHE, 'posture', 'corpus');

/** The corpus, gathered when it is not there; at least 300 workflows where modules could be got. */
export function getCorpusFolder(): string {
  if (!existsSync(CORPUS)) gather();
  return CORPUS;
}

/** The repositories of a folder that has one folder for each. */
export function readRepositories(corpus: string): readonly CorpusRepository[] {
  return readdirSync(corpus)
    .toSorted()
    .map((name) => {
      const folder = join(corpus, name);
      return { name, folder, workflows: globSync(WORKFLOWS, { cwd: folder }).toSorted() };
    });
}

/** All workflows as one repository has them, made anew; `paths` are absolute. */
export function makeOneRepository(corpus: readonly CorpusRepository[]): {
  readonly folder: string;
  readonly paths: readonly string[];
} {
  const folder = join(CACHE, 'bench', 'workflows');
  rmSync(folder, { recursive: true, force: true });
  const target = join(folder, '.github', 'workflows');
  mkdirSync(target, { recursive: true });
  const paths = corpus.flatMap(({ name, folder: from, workflows }) =>
    workflows.map((path) => {
      const to = join(target, `${name}__${basename(path).replace(/\.yaml$/, '-yaml.yml')}`);
      cpSync(join(from, path), to);
      return to;
    }),
  );
  return { folder, paths };
}

function gather(): void {
  const seen = new Set<string>();
  for (const module of GO_MODULES) {
    const [name = ''] = module.split('@');
    const folder = downloadModule(module);
    if (folder !== null) copyWorkflows(folder, name.replaceAll('/', '__'), seen);
  }
  const modules = join(import.meta.dirname, '../node_modules');
  for (const path of globSync(`**/${WORKFLOWS}`, { cwd: modules })) {
    const folder = dirname(dirname(dirname(path)));
    copyWorkflows(join(modules, folder), `npm__${basename(folder)}`, seen);
  }
}

/** The module's folder; null for one that could not be got, which is told. */
function downloadModule(module: string): string | null {
  try {
    const output = execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' });
    return (JSON.parse(output) as { readonly Dir: string }).Dir;
  } catch {
    console.error(`not got: ${module}`);
    return null;
  }
}

/** Each text once: many repositories share theirs. */
function copyWorkflows(folder: string, name: string, seen: Set<string>): void {
  for (const path of globSync(WORKFLOWS, { cwd: folder })) {
    const digest = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
    if (seen.has(digest)) continue;
    seen.add(digest);
    cpSync(join(folder, path), join(CORPUS, name, path));
  }
}
