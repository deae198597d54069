import type { EndpointResponse } from '@edict/api'
import { type Session, show } from './session.ts'

type Change = EndpointResponse<'delete-set'>

/** Tells what a write did: the revision, how far it reaches, and the warnings. */
export async function showChange(session: Session, change: Change, what: string): Promise<void> {
  await show(session, change, () => {
    const { output } = session
    output.line(`${what} (revision ${change.revision}): ${reach(change)}`)
    for (const { message, remedy } of change.problems) {
      output.note(output.colours.yellow(message))
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
