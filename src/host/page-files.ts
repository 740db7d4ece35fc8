/** The pages for browsers, as they lie in the package. */
import { readdir, readFile } from 'node:fs/promises';

/** Built, the program lies in `dist/`; as sources run, this file lies two folders down. */
const FOLDER = import.meta.url.endsWith('.ts') ? '../../pages/' : '../pages/';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
};

/** Every page, style and script by its file name, read once. */
export async function readPageFiles(): Promise<
  ReadonlyMap<string, { readonly type: string; readonly bytes: Uint8Array }>
> {
  const folder = new URL(FOLDER, import.meta.url);
  const names = (await readdir(folder)).filter((name) => TYPES[extensionOf(name)] !== undefined);
  return new Map(
    await Promise.all(
      names.map(async (name) => {
        const bytes = await readFile(new URL(name, folder));
        return [name, { type: TYPES[extensionOf(name)] ?? '', bytes }] as const;
      }),
    ),
  );
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
