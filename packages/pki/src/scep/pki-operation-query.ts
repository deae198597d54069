import { decodeBase64 } from '../base64.ts'
import { PkiError } from '../pki-error.ts'

/**
 * The message of a PKIOperation by GET, from the raw query (what follows the `?`). macOS leaves `+` and `/` as they are, and a
 * reader of forms would make blanks of the former: so the query is taken apart here. Missing padding is forgiven.
 * @throws {PkiError} `query`, `base64`
 */
export function readPkiOperationQuery(query: string): Uint8Array {
  const messages = query.split('&').filter((part) => part.startsWith('message='))
  const [message, ...more] = messages
  if (message === undefined || more.length > 0) {
    throw new PkiError('query', `Cannot read PKIOperation: found ${messages.length} messages in the query, expected 1`)
  }
  const text = percentDecoded(message.slice('message='.length)).replaceAll(' ', '+').replace(/=+$/, '')
  return decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, '='), 'PKIOperation')
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new PkiError('query', 'Cannot read PKIOperation: the percent-encoding of its message is broken', { cause })
  }
}
