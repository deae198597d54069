/** One thing that can be set: on the command line, or by its environment variable. */
export interface Option {
  /** As commander writes it: `--listen <host:port>`. */
  readonly flag: string
  readonly env: string
  readonly description: string
  readonly default?: string
}

/** Values by the name of the flag in camel case: `--apns-log` is `apnsLog`. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>

/** An option, or the file it names, that cannot be used. */
export class OptionError extends Error {
  readonly code = 'option-unusable'
}

/** The text of an option; undefined where it is absent or empty. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Whether a switch is on. */
export function switchOption(values: OptionValues, name: string): boolean {
  return values[name] === true || values[name] === '1' || values[name] === 'true'
}

/** @throws OptionError when it is not a whole number from `least` to `most` */
export function countOption(
  values: OptionValues,
  name: string,
  range: { least: number; most: number; or: number },
): number {
  const text = textOption(values, name)
  const value = text === undefined ? range.or : Number(text)
  if (Number.isSafeInteger(value) && value >= range.least && value <= range.most) return value
  throw new OptionError(`Cannot use ${text} for ${name}: expected a whole number from ${range.least} to ${range.most}`)
}

/** @throws OptionError when it is not an http:// or https:// URL */
export function urlOption(values: OptionValues, name: string): string | undefined {
  const text = textOption(values, name)
  if (text === undefined || /^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  throw new OptionError(`Cannot use ${text} for ${name}: expected an http:// or https:// URL`)
}
