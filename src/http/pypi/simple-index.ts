/** The simple index of held files: HTML of PEP 503, JSON of PEP 691. */

import type { JsonValue } from '../../formats/canonical.ts';
import { normalizeProjectName } from '../../formats/python-filename.ts';
import type { HeldFile, ReleaseView } from '../../gateway/gateway.ts';
import type { Answer } from '../exchange.ts';

type Listed = Pick<HeldFile, 'file' | 'sha256' | 'sizeBytes'>;

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json';

/** Projects of which the release holds files. */
export function projectList(artifacts: ReleaseView['artifacts'], accept: string): Answer {
  const names = artifacts
    .filter((one) => one.ecosystem === 'pypi')
    .map((one) => normalizeProjectName(one.package));
  const projects = [...new Set(names)].sort();
  if (wantsJson(accept)) {
    return json({ meta, projects: projects.map((name) => ({ name })) });
  }
  return html(
    'Simple index',
    projects.map((name) => link(`/pypi/simple/${name}/`, name)),
  );
}

/** Files of one project, which are served at `/pypi/files/<sha256>/<name>`. */
export function projectFiles(project: string, held: readonly HeldFile[], accept: string): Answer {
  if (wantsJson(accept)) {
    const versions = [...new Set(held.map((one) => one.version))].sort();
    const files = held.map((one) => {
      const requires = requiresPython(one);
      return {
        filename: one.file,
        url: filePath(one),
        hashes: { sha256: one.sha256 },
        size: one.sizeBytes,
        ...(requires === undefined ? {} : { 'requires-python': requires }),
      };
    });
    return json({ meta, name: project, versions, files });
  }
  const links = held.map((one) => {
    const requires = requiresPython(one);
    const attribute =
      requires === undefined ? '' : ` data-requires-python="${escapeHtml(requires)}"`;
    return link(`${filePath(one)}#sha256=${one.sha256}`, one.file, attribute);
  });
  return html(`Links for ${project}`, links);
}

const meta = { 'api-version': '1.1' };

function filePath(one: Listed): string {
  return `/pypi/files/${one.sha256}/${encodeURIComponent(one.file)}`;
}

/** From the form that goes upstream with the file: a list of names and values. */
function requiresPython(one: HeldFile): string | undefined {
  if (!Array.isArray(one.metadata)) return undefined;
  for (const field of one.metadata as readonly JsonValue[]) {
    if (!Array.isArray(field) || field[0] !== 'requires_python') continue;
    if (typeof field[1] === 'string' && field[1] !== '') return field[1];
  }
  return undefined;
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
