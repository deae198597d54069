import type { Json } from '@edict/protocol'

/** Writes JSON as real status reports look: indented by two, a space on both sides of a colon, empty arrays on three lines. */
export function appleJson(value: Json, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((element) => inner + appleJson(element, inner))
    : Object.entries(value).map(([key, member]) => `${inner}${JSON.stringify(key)} : ${appleJson(member, inner)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`
}
