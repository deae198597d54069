/** The JSON pointer (RFC 6901) to what stands under a key or an index. */
export function child(at: string, step: string | number): string {
  return `${at}/${typeof step === 'number' ? step : step.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The pointer to what holds this, or undefined at the top. */
export function parentOf(at: string): string | undefined {
  return at === '' ? undefined : at.slice(0, at.lastIndexOf('/'))
}
