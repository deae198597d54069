const encoder = new TextEncoder()

/** How many octets text has in UTF-8. */
export function octetsOf(text: string): number {
  return encoder.encode(text).length
}
