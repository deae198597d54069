import type { Command } from 'commander'
import { UsageError } from './failure.ts'

/** An option of a program that the command line starts, such as the server. */
export interface Option {
  /** `--listen <host:port>`, or `--insecure-devices` for a switch. */
  readonly flag: string
  /** Environment variable that gives it when the flag does not. */
  readonly env: string
  readonly description: string
  readonly default?: string
}

/** Values by the name of the flag in camel case: `--no-command-data` is `noCommandData`. */
export type OptionValues = Record<string, string | boolean | undefined>

/** Adds options to a command, with the variable and the default in its help. */
export function addOptions(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.option(option.flag, describe(option))
  return command
}

/** Flag, else environment variable, else default; a switch is on for `1`, `true` or `yes`. */
export function optionValues(
  options: readonly Option[],
  parsed: Readonly<Record<string, string | boolean | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
): OptionValues {
  return Object.fromEntries(
    options.map((option) => {
      const value = fromFlag(option, parsed) ?? fromEnv(option, env[option.env]) ?? option.default
      return [optionKey(option.flag), value]
    }),
  )
}

/** `--no-command-data` → `noCommandData` */
export function optionKey(flag: string): string {
  const [name = ''] = flag.replace(/^--/, '').split(/[ =]/)
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** Commander keeps `--no-x` as `x: false`. */
function fromFlag({ flag }: Option, parsed: Readonly<Record<string, string | boolean | undefined>>) {
  if (!flag.startsWith('--no-')) return parsed[optionKey(flag)]
  return parsed[optionKey(flag.replace('--no-', '--'))] === false ? true : undefined
}

function fromEnv({ flag, env }: Option, value: string | undefined): string | boolean | undefined {
  if (value === undefined || value === '') return undefined
  if (flag.includes('<')) return value
  if (/^(?:1|true|yes)$/i.test(value)) return true
  if (/^(?:0|false|no)$/i.test(value)) return false
  throw new UsageError(`Cannot use ${env}=${value}: expected 1 or 0`)
}

function describe({ env, description, default: value }: Option): string {
  return `${description} (${env}${value === undefined ? '' : `, default ${value}`})`
}
