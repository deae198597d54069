/** The numbers of a dotted version, without zeros at the end; undefined for anything else, and for absurd lengths. */
export function versionParts(text: string): readonly number[] | undefined {
  if (!/^\d{1,6}(?:\.\d{1,6}){0,5}$/.test(text)) return undefined
  const parts = text.split('.').map(Number)
  while (parts.length > 1 && parts.at(-1) === 0) parts.pop()
  return parts
}

/** Negative, zero or positive, by number; a missing part is 0. */
export function compareParts(left: readonly number[], right: readonly number[]): number {
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = (left[at] ?? 0) - (right[at] ?? 0)
    if (order !== 0) return order
  }
  return 0
}
