/** What stands after a dollar sign, where an administrator writes text: `$device.serial-number`, or `${device.serial-number}`. */
export interface Variable {
  readonly kind: 'variable'
  /** Without the dollar sign and the braces. */
  readonly name: string
  /** As it stands in the text. */
  readonly written: string
}

/** A text in its parts, in their order. */
export type TextPart = string | Variable

/** What `${$}` stands for. */
const DOLLAR = '$'

/** The longest name in braces; what is longer is none. */
const LONGEST = 256

/**
 * The parts of a text. `${…}` is a variable whatever its name is, and `${$}` a dollar sign. Without braces a variable is what begins with
 * `$account.`, `$device.`, `$enrollment.`, `$property.` or `$user.`; its name goes as far as letters, digits, `_`, `-`, and dots between
 * them. Everything else is itself: any other dollar sign, and a brace without its end.
 */
export function textParts(text: string): readonly TextPart[] {
  if (!text.includes('$')) return [text]
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, inBraces, bare = ''] = match
    const name = inBraces ?? bare
    if (match.index > end) parts.push(text.slice(end, match.index))
    parts.push(name === DOLLAR ? DOLLAR : { kind: 'variable', name, written: whole })
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
  return text.includes('$') && VARIABLE_ONCE.test(text)
}

/** Where `${` stands that begins no variable, as an index; -1 when nowhere. */
export function unfinished(text: string): number {
  return text.search(UNFINISHED)
}

/** The names in a text that have the form of a variable without braces, and begin as none does: they are sent as they stand. */
export function almostVariables(text: string): readonly string[] {
  const texts = textParts(text).filter((part) => typeof part === 'string')
  return texts.flatMap((part) => [...part.matchAll(ALMOST)].map(([, name = '']) => name))
}

/** With what the name of a variable begins, before its first dot. */
export const variableBeginnings = ['account', 'device', 'enrollment', 'property', 'user'] as const

const NAME = `[^{}]{1,${LONGEST}}`
const WORD = '[A-Za-z0-9_-]+'
const WORDS = `\\.${WORD}(?:\\.${WORD})*`
const BARE = `(?:${variableBeginnings.join('|')})${WORDS}`
const ALMOST = new RegExp(`\\$([A-Za-z]+${WORDS})`, 'g')
const EITHER = `\\$\\{(${NAME})\\}|\\$(${BARE})`
const VARIABLE = new RegExp(EITHER, 'g')
const VARIABLE_ONCE = new RegExp(EITHER)
const UNFINISHED = new RegExp(`\\$\\{(?!${NAME}\\})`)
