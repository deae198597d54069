const WIDTH = 120

/** A value as a TypeScript literal in our style, broken where a line would pass 120 columns. */
export function literal(value: unknown, indent = 0, used = indent): string {
  const flat = inOneLine(value)
  if (used + flat.length < WIDTH || typeof value !== 'object' || value === null) return flat
  const pad = ' '.repeat(indent + 2)
  const lines = Array.isArray(value)
    ? value.map((item: unknown) => `${pad}${literal(item, indent + 2)},\n`)
    : Object.entries(value).map(([key, inner]) => {
        const start = `${pad}${name(key)}: `
        return `${start}${literal(inner, indent + 2, start.length)},\n`
      })
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`
}

/** A text of many lines as a literal that keeps them. */
export function template(text: string): string {
  return `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``
}

export function name(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)
}

function inOneLine(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).map(([key, inner]) => `${name(key)}: ${inOneLine(inner)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
