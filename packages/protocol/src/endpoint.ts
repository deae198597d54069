import { type DeclarationKind, declarationKinds } from './declaration-kind.ts'
import { ProtocolError } from './errors.ts'
import { excerpt } from './excerpt.ts'

/** What a DeclarativeManagement message asks for. */
export type Endpoint =
  | { readonly kind: 'tokens' }
  | { readonly kind: 'declaration-items' }
  | { readonly kind: 'status' }
  | { readonly kind: 'declaration'; readonly declaration: DeclarationKind; readonly identifier: string }

const maximumLength = 512
const prefix = 'declaration/'

/**
 * Reads an Endpoint. The identifier is everything after the second slash, taken raw: nothing is decoded, so `%2e` is
 * three characters. Absolute URLs, `..`, unknown kinds, trailing slashes and the empty text are no endpoints.
 * @throws {ProtocolError} `endpoint-unknown`
 */
export function parseEndpoint(text: string): Endpoint {
  if (text === 'tokens' || text === 'declaration-items' || text === 'status') return { kind: text }
  if (text.length > maximumLength) throw unknown(text, `at most ${maximumLength} characters`)
  if (!text.startsWith(prefix)) throw unknown(text, 'tokens, declaration-items, status or declaration/…')
  const slash = text.indexOf('/', prefix.length)
  const kind = text.slice(prefix.length, slash === -1 ? undefined : slash)
  const declaration = declarationKinds.find((known) => known === kind)
  if (declaration === undefined || slash === -1) {
    throw unknown(text, `declaration/<kind>/<Identifier>, kind one of ${declarationKinds.join(', ')}`)
  }
  const identifier = text.slice(slash + 1)
  checkIdentifier(identifier, text)
  return { kind: 'declaration', declaration, identifier }
}

/** @throws {ProtocolError} `endpoint-unknown` when the identifier would not be read back */
export function formatEndpoint(endpoint: Endpoint): string {
  if (endpoint.kind !== 'declaration') return endpoint.kind
  const text = `${prefix}${endpoint.declaration}/${endpoint.identifier}`
  checkIdentifier(endpoint.identifier, text)
  if (text.length > maximumLength) throw unknown(text, `at most ${maximumLength} characters`)
  return text
}

function checkIdentifier(identifier: string, text: string): void {
  if (identifier === '') throw unknown(text, 'an identifier after the kind')
  if (identifier.endsWith('/')) throw unknown(text, 'no slash at the end')
  if (identifier.split('/').some((segment) => segment === '..' || segment === '.')) {
    throw unknown(text, 'no "." or ".." between slashes')
  }
  if (/\p{Cc}/u.test(identifier) || !identifier.isWellFormed()) throw unknown(text, 'no control characters')
}

function unknown(text: string, expected: string): ProtocolError {
  return new ProtocolError(
    'endpoint-unknown',
    `Cannot tell the endpoint: ${excerpt(text)} found, expected ${expected}`,
    {
      at: 'Endpoint',
      found: text.slice(0, maximumLength),
      expected,
    },
  )
}
