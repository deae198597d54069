import type { EndpointResponse } from '@edict/api'
import type { DeclarationText } from './declaration-text.ts'
import { linesOf } from './finding-lines.ts'
import { type Session, show } from './session.ts'

type Change = EndpointResponse<'delete-set'>

/** Tells what a write did: the revision, how far it reaches, and the warnings, with their places in the file that was sent. */
export async function showChange(
  session: Session,
  change: Change,
  what: string,
  file?: DeclarationText,
): Promise<void> {
  await show(session, change, async () => {
    const { output } = session
    output.line(`${what} (revision ${change.revision}): ${reach(change)}`)
    if (file !== undefined && change.problems.length > 0) {
      const { problemsIn } = await import('./declaration-text.ts')
      const { findings, text } = problemsIn(change.problems, file)
      const lines = text.split('\n')
      for (const finding of findings) for (const line of linesOf(finding, lines, output.colours)) output.note(line)
      return
    }
    for (const { code, message, remedy } of change.problems) {
      output.note(`${output.colours.yellow(`warning ${code}`)}: ${message}`)
      if (remedy !== undefined) output.note(`  do: ${remedy}`)
    }
  })
}

/** Whoever edits what many hold is told how many cohorts that are: nobody counts the channels of a cohort for it. */
function reach({ effects: { declarations, cohorts, channels } }: Change): string {
  const written = declarations.length === 0 ? [] : [count(declarations.length, 'declaration')]
  if (cohorts === 0 && channels === 0) return [...written, 'nothing changes on devices'].join(', ')
  const reached = channels === null || channels === 0 ? [] : [count(channels, 'channel')]
  return `${[...written, count(cohorts, 'cohort'), ...reached].join(', ')} will hold something else`
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
