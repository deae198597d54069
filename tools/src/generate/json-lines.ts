const WIDTH = 120

/** JSON that is broken only where a line would be too long, so that a change shows as a change of few lines. */
export function jsonLines(value: unknown, indent: number): string {
  const flat = JSON.stringify(value)
  if (indent + flat.length < WIDTH || typeof value !== 'object' || value === null || Array.isArray(value)) return flat
  const pad = ' '.repeat(indent + 1)
  const members = Object.entries(value).map(
    ([key, inner]) => `${pad}${JSON.stringify(key)}:${jsonLines(inner, indent + 1)}`,
  )
  return `{\n${members.join(',\n')}}`
}
