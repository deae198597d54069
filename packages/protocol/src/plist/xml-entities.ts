import { isXmlCodePoint } from './xml-characters.ts'

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export interface EntityFault {
  readonly index: number
  readonly complaint: string
}

/** Replaces the five entities and numeric references; gives the place of a bare `&` or an unknown one instead. */
export function decodeEntities(text: string): string | EntityFault {
  let result = ''
  let from = 0
  for (;;) {
    const index = text.indexOf('&', from)
    if (index === -1) return from === 0 ? text : result + text.slice(from)
    const end = index + 1 + text.slice(index + 1, index + 13).indexOf(';')
    if (end === index) return { index, complaint: 'an "&" that begins no entity' }
    const name = text.slice(index + 1, end)
    const character = name.startsWith('#') ? numeric(name) : Object.hasOwn(named, name) ? named[name] : undefined
    if (character === undefined) return { index, complaint: `the unknown entity ${JSON.stringify(`&${name};`)}` }
    result += text.slice(from, index) + character
    from = end + 1
  }
}

function numeric(name: string): string | undefined {
  const parts = /^#(?:x([0-9A-Fa-f]+)|(\d+))$/.exec(name)
  if (parts === null) return undefined
  const code = parts[1] === undefined ? Number(parts[2]) : Number.parseInt(parts[1], 16)
  return isXmlCodePoint(code) ? String.fromCodePoint(code) : undefined
}
