/**
 * Every status that a device can be answered with, in one table (invariant 10 of the design). 401 is for devices that were enrolled
 * by an account, and for nobody else: it makes every other one unenroll.
 */
export const deviceStatus = {
  'message-malformed': 400,
  'identity-unproved': 400,
  'identity-proof-broken': 400,
  'identity-header-refused': 400,
  'identity-ambiguous': 400,
  'identity-untrusted': 400,
  'identity-revoked': 400,
  'identity-mismatch': 400,
  'identity-unpinned': 400,
  'identity-taken': 400,
  'identity-unknown': 400,
  'sign-in-required': 401,
  'endpoint-unknown': 400,
  'message-misplaced': 400,
  'declaration-gone': 404,
  'content-gone': 404,
  // Of one login of a user; a Mac goes on with its other users. @see apple:mdm/checkin/userauthenticate.yaml
  'user-declined': 410,
  'token-service-missing': 400,
  'pairing-refused': 400,
  'body-too-large': 413,
  'range-unsatisfiable': 416,
  'internal-error': 500,
  'store-unavailable': 503,
  'content-unavailable': 503,
  'downloads-busy': 503,
  'secret-locked': 503,
} as const

export type DeviceErrorCode = keyof typeof deviceStatus

/** A request of a device that is answered with something else than 200. */
export class DeviceError extends Error {
  readonly code: DeviceErrorCode
  readonly evidence: { readonly at?: string; readonly found?: unknown; readonly expected?: string }

  constructor(code: DeviceErrorCode, message: string, evidence: DeviceError['evidence'] = {}) {
    super(message)
    this.code = code
    this.evidence = evidence
  }
}
