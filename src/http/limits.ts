/** Bounds of the HTTP surfaces. Sizes in bytes, times in milliseconds. */
export interface HttpLimits {
  /** Request head, all header fields together. */
  readonly headerBytes: number;
  readonly headersMs: number;
  /** A whole request, whatever its size. */
  readonly requestMs: number;
  /** A body of which nothing arrives for so long ends. */
  readonly bodyIdleMs: number;
  readonly keepAliveMs: number;
  /** Body of a call to /api/v1. */
  readonly apiBodyBytes: number;
  /** Body of an upload as it travels: base64 and form fields included. */
  readonly uploadBodyBytes: number;
  readonly concurrentUploads: number;
  /** What is still read of a refused body, so that the client gets to see the answer. */
  readonly drainBytes: number;
  readonly drainMs: number;
  /** Failed authentications that one address may have within the window. */
  readonly failedAuthentications: number;
  readonly failedAuthenticationsMs: number;
  /** Failed sign-ins with one person's passkeys within the same window, from anywhere. */
  readonly failedSignIns: number;
  /** Connections at once. */
  readonly connections: number;
  /** Peers whose `x-forwarded-for` is believed: the reverse proxies in front of us. */
  readonly trustedProxies: readonly string[];
}

/** Half a gigabyte of artifact fits `uploadBodyBytes` in base64; the gateway bounds the artifact. */
export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  requestMs: 30 * 60_000,
  bodyIdleMs: 60_000,
  keepAliveMs: 15_000,
  apiBodyBytes: 1024 * 1024,
  uploadBodyBytes: 700 * 1024 * 1024,
  concurrentUploads: 16,
  drainBytes: 128 * 1024 * 1024,
  drainMs: 30_000,
  failedAuthentications: 20,
  failedAuthenticationsMs: 60_000,
  failedSignIns: 10,
  connections: 1000,
  trustedProxies: ['127.0.0.1', '::1'],
};
