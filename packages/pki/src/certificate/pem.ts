import { decodeBase64, encodeBase64 } from '../base64.ts'
import { PkiError } from '../pki-error.ts'

const block = /-----BEGIN ([A-Z0-9 ]{1,40})-----\s*([A-Za-z0-9+/=\s]*?)-----END \1-----/g

/**
 * The blocks of a PEM text (RFC 7468) with this label, such as `CERTIFICATE`, in order. Text around them is skipped; a block
 * with headers (old encrypted keys) is no block. @throws {PkiError} `pem` when there is none
 */
export function decodePem(text: string, label: string): readonly Uint8Array[] {
  const found = [...text.matchAll(block)].filter(([, name]) => name === label)
  if (found.length === 0) throw new PkiError('pem', `Cannot read PEM: no ${label} in it`, { expected: label })
  return found.map(([, , body = '']) => decodeBase64(body.replaceAll(/\s+/g, ''), `PEM ${label}`))
}

/** One PEM block, with lines of 64 characters. */
export function encodePem(bytes: Uint8Array, label: string): string {
  const lines = encodeBase64(bytes).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
