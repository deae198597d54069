import { UsageError } from './failure.ts'
import type { Session } from './session.ts'

/**
 * Whether somebody at the terminal wants what cannot be taken back; `--yes` says so beforehand.
 *
 * @throws UsageError where there is nobody to ask
 */
export async function agreed({ ask, options, output }: Session, what: string, question: string): Promise<boolean> {
  if (options.yes === true) return true
  if (ask === undefined) throw new UsageError(`Cannot ask whether to go on: ${what}`, 'give --yes if it is meant')
  if (await ask(`${what}. ${question}`)) return true
  output.note('Nothing was sent')
  return false
}
