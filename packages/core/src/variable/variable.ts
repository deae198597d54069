/** What stands in braces after a dollar sign, where an administrator writes text: `${device.serial-number}`. */
export interface Variable {
  readonly kind: 'variable'
  /** As it was written, without the braces. */
  readonly name: string
}

/** A text in its parts, in their order. */
export type TextPart = string | Variable

/** What `${$}` stands for. */
const DOLLAR = '$'

/** The longest name of a variable; a longer one is none. */
const LONGEST = 256

/**
 * The parts of a text. `${…}` is a variable whatever its name is, `${$}` a dollar sign, and everything else is itself: a dollar sign
 * without a brace, and a brace without its end.
 */
export function textParts(text: string): readonly TextPart[] {
  if (!text.includes('${')) return [text]
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, name = ''] = match
    if (match.index > end) parts.push(text.slice(end, match.index))
    parts.push(name === DOLLAR ? DOLLAR : { kind: 'variable', name })
    end = match.index + whole.length
  }
  if (end < text.length) parts.push(text.slice(end))
  return parts
}

/** The variable that a text is, and nothing beside it. */
export function onlyVariable(text: string): Variable | undefined {
  const [only, ...others] = textParts(text)
  return typeof only === 'object' && others.length === 0 ? only : undefined
}

/** Whether a text is not what it will be sent as. */
export function isTemplateText(text: string): boolean {
  return text.includes('${') && VARIABLE_ONCE.test(text)
}

/** Where `${` stands that begins no variable, as an index; -1 when nowhere. */
export function unfinished(text: string): number {
  return text.search(UNFINISHED)
}

const NAME = `[^{}]{1,${LONGEST}}`
const VARIABLE = new RegExp(`\\$\\{(${NAME})\\}`, 'g')
const VARIABLE_ONCE = new RegExp(`\\$\\{${NAME}\\}`)
const UNFINISHED = new RegExp(`\\$\\{(?!${NAME}\\})`)
