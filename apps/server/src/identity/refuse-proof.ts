import { PkiError } from '@edict/pki'
import { DeviceError } from '../device/device-error.ts'

/** What a chain is refused for; everything else that `pki` refuses is a proof that does not hold. */
const untrusted = new Set([
  'chain-untrusted',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-weak',
  'certificate-purpose',
  'certificate-authority',
  'extension-unknown',
  'name-constraints',
  'key-weak',
])

/** Runs a check of a proof; what is wrong with it is told by its code, and by nothing that the sender chose. */
export function refusingProof<T>(at: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    const code = untrusted.has(error.code) ? 'identity-untrusted' : 'identity-proof-broken'
    const expected = error.expected === undefined ? {} : { expected: error.expected }
    throw new DeviceError(code, error.message, { at, found: error.code, ...expected })
  }
}
