/** The simple index of held files: HTML of PEP 503, JSON of PEP 691. */
import type { HeldFile, ReleaseView } from '../../gateway/gateway.ts';
import type { Answer } from '../exchange.ts';

type Listed = Pick<HeldFile, 'file' | 'sha256' | 'sizeBytes'>;

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json';

/** PEP 503, section "Normalized Names". */
export function normalizeProject(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** Projects of which the release holds files. */
export function projectList(artifacts: ReleaseView['artifacts'], accept: string): Answer {
  const names = artifacts
    .filter((one) => one.ecosystem === 'pypi')
    .map((one) => normalizeProject(one.package));
  const projects = [...new Set(names)].sort();
  if (wantsJson(accept)) {
    return json({ meta, projects: projects.map((name) => ({ name })) });
  }
  return html(
    'Simple index',
    projects.map((name) => link(`/pypi/simple/${name}/`, name)),
  );
}

/** Files of one project. `files` is where they are served: `<files>/<sha256>/<name>`. */
export function projectFiles(project: string, held: readonly HeldFile[], accept: string): Answer {
  if (wantsJson(accept)) {
    const versions = [...new Set(held.map((one) => one.version))].sort();
    const files = held.map((one) => ({
      filename: one.file,
      url: filePath(one),
      hashes: { sha256: one.sha256 },
      size: one.sizeBytes,
      ...requiresPython(one, 'requires-python'),
    }));
    return json({ meta, name: project, versions, files });
  }
  const links = held.map((one) => {
    const requires = Object.values(requiresPython(one, 'r')).map(
      (value) => ` data-requires-python="${escapeHtml(value)}"`,
    );
    return link(`${filePath(one)}#sha256=${one.sha256}`, one.file, requires.join(''));
  });
  return html(`Links for ${project}`, links);
}

const meta = { 'api-version': '1.1' };

function filePath(one: Listed): string {
  return `/pypi/files/${one.sha256}/${encodeURIComponent(one.file)}`;
}

function requiresPython(one: HeldFile, key: string): Record<string, string> {
  const { metadata } = one;
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return {};
  const entries = Object.entries(metadata);
  const [, value] = entries.find(([name]) => /^requires[-_]python$/i.test(name)) ?? [];
  return typeof value === 'string' && value !== '' ? { [key]: value } : {};
}

/** pip asks for JSON with the highest quality; browsers do not name it at all. */
function wantsJson(accept: string): boolean {
  return accept.includes(JSON_TYPE) || accept.includes('application/vnd.pypi.simple.latest+json');
}

function json(value: object): Answer {
  return {
    status: 200,
    headers: { 'content-type': JSON_TYPE, vary: 'accept' },
    body: JSON.stringify(value),
  };
}

function html(title: string, links: readonly string[]): Answer {
  const head = `<meta name="pypi:repository-version" content="1.1"><title>${escapeHtml(title)}</title>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', vary: 'accept' },
    body: `<!DOCTYPE html>\n<html><head>${head}</head><body>\n${links.join('')}</body></html>\n`,
  };
}

function link(href: string, text: string, attributes = ''): string {
  return `<a href="${escapeHtml(href)}"${attributes}>${escapeHtml(text)}</a><br>\n`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
