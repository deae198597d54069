import type { PkiError } from '../pki-error.ts'

/** Why a request failed, in the five words that SCEP has (RFC 8894 §3.2.1.4). */
export type FailInfo = 'badAlg' | 'badMessageCheck' | 'badRequest' | 'badTime' | 'badCertId'

export const failInfos: readonly FailInfo[] = ['badAlg', 'badMessageCheck', 'badRequest', 'badTime', 'badCertId']

const algorithms = new Set([
  'algorithm-unsupported',
  'algorithm-weak',
  'algorithm-mismatch',
  'key-weak',
  'key-unsupported',
])

/** The word for an error: badAlg when another algorithm or key would help, else badRequest. */
export function failInfoOf(error: PkiError): FailInfo {
  if (error.code === 'scep-envelope') return 'badMessageCheck'
  return algorithms.has(error.code) ? 'badAlg' : 'badRequest'
}
