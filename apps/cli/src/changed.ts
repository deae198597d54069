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

function reach({ effects: { declarations, cohorts, channels } }: Change): string {
  if (declarations.length === 0 && cohorts === 0 && channels === 0) return 'nothing changes on devices'
  return [
    count(declarations.length, 'declaration'),
    count(cohorts, 'cohort'),
    `${count(channels, 'channel')} will hold something else`,
  ].join(', ')
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
