import type { Command } from 'commander'
import { RefusedError } from './failure.ts'
import { type Session, text } from './session.ts'

/** The option of writes that take errors as warnings, for a reason. */
export function addOverride(command: Command): Command {
  return command.option(
    '--override <reason>',
    'commit in spite of errors that can be overridden; the reason is recorded',
  )
}

/** What is sent for it. */
export function overrideOf({ options }: Session): { readonly query?: { readonly override: string } } {
  const override = text(options.override)
  return override === undefined ? {} : { query: { override } }
}

/** Does a write that takes an override; one that an override would let through is told so. */
export async function offeringOverride<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof RefusedError) || error.problem.status !== 422) throw error
    const { isOverridable } = await import('@edict/core')
    const codes = error.problem.problems?.map(({ code }) => code) ?? [error.problem.code]
    if (!codes.every(isOverridable)) throw error
    const { problem, inFile } = error
    throw new RefusedError(problem, { inFile, hint: HINT })
  }
}

const HINT = 'If you know better: --override <reason> makes warnings of this, and the audit log keeps the reason'
