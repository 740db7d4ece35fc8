/** What to paste so that ordinary clients upload to the gateway. */
import type { Line } from './terminal.ts';

/** The variable that holds the upload credential of one release. */
export const UPLOAD_VARIABLE = 'COUNTERSIGN_UPLOAD_TOKEN';

/** Addresses that clients upload to. */
export function uploadAddresses(origin: string) {
  return { npm: `${origin}/npm/`, pypi: `${origin}/pypi/legacy/` };
}

/**
 * Lines to paste, for the ecosystems of the project. The credential itself is not in them: clients
 * read it from the environment, where other users of the machine do not see it.
 */
export function uploadInstructions(
  origin: string,
  ecosystems: ReadonlySet<string>,
  distTag: string | null,
): readonly Line[] {
  const { npm, pypi } = uploadAddresses(origin);
  const tag = distTag === null ? '' : ` --tag ${distTag}`;
  return [
    ...(ecosystems.has('npm')
      ? [
          'npm:',
          `  echo '${npm.replace(/^https?:/, '')}:_authToken=\${${UPLOAD_VARIABLE}}' >> .npmrc`,
          `  npm publish --registry ${npm}${tag}`,
        ]
      : []),
    ...(ecosystems.has('pypi')
      ? [
          'twine:',
          `  TWINE_USERNAME=__token__ TWINE_PASSWORD="$${UPLOAD_VARIABLE}" twine upload --repository-url ${pypi} dist/*`,
          'uv:',
          `  UV_PUBLISH_TOKEN="$${UPLOAD_VARIABLE}" uv publish --publish-url ${pypi} dist/*`,
        ]
      : []),
  ];
}
