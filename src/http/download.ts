/** The `content-disposition` that saves a file under its own name (RFC 6266, RFC 8187). */
export function attachment(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/^[A-Za-z0-9._+!@-]{1,200}$/.test(name)) return `attachment; filename="${name}"`;
  return `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, escaped)}`;
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
