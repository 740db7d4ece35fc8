/** What `uses` names. Source: GitHub documentation, "Workflow syntax", `jobs.<job_id>.steps[*].uses`. */

export type UsesReference =
  | {
      /** An action or reusable workflow of a repository. */
      readonly kind: 'repository';
      readonly owner: string;
      readonly name: string;
      /** Folder or file within the repository; '' for its root. */
      readonly path: string;
      /** Branch, tag or commit; null where it is missing. */
      readonly ref: string | null;
    }
  /** Of the same repository, at the same commit: `./path` in the checkout, `$/path` in the source. */
  | { readonly kind: 'local'; readonly path: string }
  | {
      readonly kind: 'docker';
      readonly image: string;
      readonly tag: string | null;
      /** `sha256:...`, or null. */
      readonly digest: string | null;
    }
  | { readonly kind: 'unknown'; readonly text: string };

/** Reads the value of `uses`. */
export function parseUses(text: string): UsesReference {
  const value = text.trim();
  if (value.startsWith('docker://')) return parseImage(value.slice('docker://'.length));
  if (/^(?:\.{1,2}|\$)\//.test(value)) return { kind: 'local', path: value };
  const match = /^([A-Za-z0-9][A-Za-z0-9-]*)\/([A-Za-z0-9._-]+)((?:\/[^@]*)?)(?:@(.*))?$/.exec(
    value,
  );
  if (match === null) return { kind: 'unknown', text: value };
  const [, owner = '', name = '', path = '', ref] = match;
  return { kind: 'repository', owner, name, path: path.slice(1), ref: ref ?? null };
}

/** Reads an image name as Docker writes it: `host:port/name:tag@sha256:...`. */
export function parseImage(text: string): Extract<UsesReference, { kind: 'docker' }> {
  const [withoutDigest = '', digest] = text.split('@', 2);
  const colon = withoutDigest.lastIndexOf(':');
  // a colon before the last slash belongs to a port
  const hasTag = colon > withoutDigest.lastIndexOf('/');
  return {
    kind: 'docker',
    image: hasTag ? withoutDigest.slice(0, colon) : withoutDigest,
    tag: hasTag ? withoutDigest.slice(colon + 1) : null,
    digest: digest ?? null,
  };
}

/** `owner/name`, or `owner/name/path`, in lower case, as the forge compares them; '' for all else. */
export function usesName(uses: UsesReference): string {
  if (uses.kind !== 'repository') return '';
  const path = uses.path === '' ? '' : `/${uses.path}`;
  return `${usesRepository(uses)}${path}`.toLowerCase();
}

/** `owner/name` as written, without a path; '' for what is of no other repository. */
export function usesRepository(uses: UsesReference): string {
  return uses.kind === 'repository' ? `${uses.owner}/${uses.name}` : '';
}

/** A whole commit, of SHA-1 or SHA-256 repositories: it cannot be moved to other content. */
export function isCommit(ref: string | null): boolean {
  return ref !== null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref);
}
