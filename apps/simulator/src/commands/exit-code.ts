import { ListenError } from '../listen-address.ts'
import { OptionError } from '../option.ts'
import type { Io } from './io.ts'

/** What a command of the simulator ends with. */
export const exit = { ok: 0, usage: 2, unreachable: 3, refused: 4 } as const

/** Says what stopped a command and gives its exit code; throws on what is a bug. */
export function exitCodeOf(error: unknown, { stderr }: Io): number {
  if (!(error instanceof OptionError || error instanceof ListenError)) throw error
  stderr(error.message)
  return error instanceof OptionError ? exit.usage : exit.unreachable
}
