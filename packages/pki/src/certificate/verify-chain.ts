import { sameBytes } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'
import type { Certificate } from './certificate.ts'
import type { ChainOptions } from './chain-options.ts'
import { isIssuedBy } from './is-issued-by.ts'
import { refuseUntrustworthy } from './trustworthy.ts'

/** Certificate, intermediates, root. */
const maximumChainLength = 6
/** Signatures tried for one chain. Who sends many look-alikes gets no more than this. */
const maximumTries = 24

/**
 * Finds a path from `certificate` to one of the roots and checks it (RFC 5280 §6.1, without policies): every signature, dates at
 * `now`, that authorities may sign certificates and how long a path may be, key sizes and digests, and the purpose. A name
 * constraint or a critical extension that is not understood is refused. Revocation is the caller's to look up.
 * @returns the path, certificate first, root last
 * @throws {PkiError} `chain-untrusted` when no path leads to a root; else the reason why the best path was refused:
 * `certificate-expired`, `certificate-not-yet-valid`, `certificate-weak`, `certificate-purpose`, `certificate-authority`,
 * `extension-unknown`, `name-constraints`
 */
export function verifyChain(certificate: Certificate, options: ChainOptions): readonly Certificate[] {
  const search = new Search(options)
  const path = search.from([certificate])
  if (path) return path
  throw search.reason ?? untrusted(certificate)
}

class Search {
  reason: PkiError | undefined
  private readonly options: ChainOptions
  private tries = 0

  constructor(options: ChainOptions) {
    this.options = options
  }

  from(path: readonly Certificate[]): readonly Certificate[] | undefined {
    const last = path.at(-1)
    if (!last) return undefined
    for (const root of this.options.roots) {
      if (!this.issued(root, last)) continue
      const whole = root.fingerprint === last.fingerprint ? path : [...path, root]
      if (this.holds(whole)) return whole
    }
    if (path.length + 1 >= maximumChainLength) return undefined
    for (const next of this.options.intermediates ?? []) {
      if (path.some((one) => one.fingerprint === next.fingerprint) || !this.issued(next, last)) continue
      const found = this.from([...path, next])
      if (found) return found
    }
    return undefined
  }

  private issued(issuer: Certificate, subject: Certificate): boolean {
    if (!sameBytes(issuer.subject, subject.issuer) || this.tries >= maximumTries) return false
    this.tries++
    return isIssuedBy(subject, issuer)
  }

  private holds(path: readonly Certificate[]): boolean {
    try {
      path.forEach((certificate, depth) => {
        refuseUntrustworthy(certificate, {
          ...this.options,
          below: path.slice(0, depth),
          anchor: depth === path.length - 1,
        })
      })
      return true
    } catch (reason) {
      if (!(reason instanceof PkiError)) throw reason
      this.reason ??= reason
      return false
    }
  }
}

function untrusted(certificate: Certificate): PkiError {
  return new PkiError('chain-untrusted', 'Cannot trust certificate: no path leads from it to a root', {
    found: certificate.x509.issuer,
    expected: 'a certificate that a given root stands behind',
  })
}
