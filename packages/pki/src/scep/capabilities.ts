/**
 * What the answer to GetCACaps says (RFC 8894 §3.5.2). `SCEPStandard` implies the rest, but older clients look for each word,
 * and macOS complains without `Renewal`. `SHA-384` is not among the words of the RFC, but strongSwan 5.9.8, which looks at the
 * wrong bits, takes AES and SHA-256 only where it finds it. Triple DES and SHA-1 are read where allowed, and never offered.
 */
export const scepCapabilities = [
  'AES',
  'POSTPKIOperation',
  'Renewal',
  'SCEPStandard',
  'SHA-256',
  'SHA-384',
  'SHA-512',
] as const

/** The body of the answer to GetCACaps, `text/plain`. */
export function writeScepCapabilities(): string {
  return `${scepCapabilities.join('\n')}\n`
}

/** Reads such a body: words by line, in any case, those unknown included. */
export function readScepCapabilities(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
}
