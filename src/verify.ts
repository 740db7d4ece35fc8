/**
 * The public verifier: evidence against a trust file, in Node and in a browser. It imports the pure
 * folders only, so that a page can bundle it and a reader can finish it.
 *
 *     const evidence = parseEvidence(text);
 *     const result = await verifyEvidence(createWebCrypto(crypto.subtle), evidence, { trust, now });
 *     matchFiles(result.manifest, files);
 */
export type { VerifierCrypto } from './core/crypto.ts';
export { CountersignError, type ErrorCode } from './core/errors.ts';
export type { Trust } from './core/genesis.ts';
export type { Manifest, ManifestArtifact } from './core/manifest.ts';
export { type Evidence, parseEvidence } from './evidence/bundle.ts';
export { parseTrust } from './evidence/trust-file.ts';
export {
  type FileInHand,
  matchFiles,
  type Verification,
  type VerifyOptions,
  verifyEvidence,
} from './evidence/verify.ts';
export { createWebCrypto } from './evidence/web-crypto.ts';
