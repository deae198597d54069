import { decodeBase64 } from '../base64.ts'
import { PkiError } from '../pki-error.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import type { ReadCertificate } from './certificate-cache.ts'
import { decodePem } from './pem.ts'

/** A certificate in a header longer than this is none. */
const maximumHeaderLength = 32 * 1024

/**
 * Reads `Client-Cert` as RFC 9440 has it: one structured-field byte sequence, `:base64 of the DER:`, and nothing beside it. Two
 * header fields that a proxy joined with a comma are refused. The caller knows whether the peer may send it at all.
 * @throws {PkiError} `header`, `base64`, and what `readCertificate` throws
 */
export function readClientCertHeader(value: string, read: ReadCertificate = readCertificate): Certificate {
  bounded(value)
  if (value.length < 3 || !value.startsWith(':') || !value.endsWith(':')) {
    throw new PkiError('header', 'Cannot read Client-Cert: it is not one byte sequence', { expected: ':base64:' })
  }
  return read(decodeBase64(value.slice(1, -1), 'Client-Cert'))
}

/**
 * Reads what nginx puts into `$ssl_client_escaped_cert`: one certificate in PEM, percent-encoded, and nothing beside it.
 * @throws {PkiError} `header`, `pem`, `base64`, and what `readCertificate` throws
 */
export function readEscapedCertHeader(value: string, read: ReadCertificate = readCertificate): Certificate {
  bounded(value)
  const text = percentDecoded(value).trim()
  const alone = text.startsWith('-----BEGIN CERTIFICATE-----') && text.endsWith('-----END CERTIFICATE-----')
  const [der, ...more] = alone ? decodePem(text, 'CERTIFICATE') : []
  if (!der || more.length > 0 || text.split('-----BEGIN').length !== 2) {
    throw new PkiError('header', 'Cannot read escaped client certificate: it is not one PEM block', {
      expected: '-----BEGIN%20CERTIFICATE-----…',
    })
  }
  return read(der)
}

function percentDecoded(value: string): string {
  if (!/^[\x21-\x7e]*$/.test(value)) {
    throw new PkiError('header', 'Cannot read escaped client certificate: it has characters that are not escaped')
  }
  try {
    return decodeURIComponent(value)
  } catch (cause) {
    throw new PkiError('header', 'Cannot read escaped client certificate: its percent-encoding is broken', { cause })
  }
}

function bounded(value: string): void {
  if (value.length > maximumHeaderLength) {
    const expected = `${maximumHeaderLength} characters at most`
    throw new PkiError('header', `Cannot read client certificate header: it has ${value.length} characters`, {
      expected,
    })
  }
}
