/**
 * A regular expression for every dotted version that is at least (or, strictly, above) a given one. It holds no backslash,
 * since those are what JSON and copying lose: a point is `[.]`, a digit `[0-9]`.
 */
export function versionPattern(parts: readonly number[], strictly: boolean): string {
  const last = parts.length - 1
  const higher = parts.map((part, at) => {
    const from = at === last && !strictly ? numberFrom(part) : numberAbove(part)
    return `${dotted(parts.slice(0, at))}${from}${more}`
  })
  const longer = `${parts.join('[.]')}${more}[.]0*[1-9][0-9]*${more}`
  return [...(strictly ? [longer] : []), ...higher.toReversed()].join('|')
}

const more = '([.][0-9]+)*'

function numberFrom(least: number): string {
  return least === 0 ? '[0-9]+' : numberAbove(least - 1)
}

function dotted(parts: readonly number[]): string {
  return parts.map((part) => `${part}[.]`).join('')
}

/** Integers above one: more digits, or as many with the first difference upwards. `16` gives `(1[7-9]|[2-9][0-9]|[1-9][0-9]{2,})`. */
function numberAbove(least: number): string {
  const digits = String(least)
  const longer = `[1-9][0-9]{${digits.length},}`
  const alternatives = [...digits].flatMap((digit, at) => {
    if (digit === '9') return []
    const rest = digits.length - at - 1
    return [`${digits.slice(0, at)}${range(Number(digit) + 1)}${rest === 0 ? '' : '[0-9]'.repeat(rest)}`]
  })
  return `(${[...alternatives.toReversed(), longer].join('|')})`
}

function range(from: number): string {
  return from === 9 ? '9' : `[${from}-9]`
}
