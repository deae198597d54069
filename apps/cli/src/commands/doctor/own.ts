import type { Stage } from '@edict/core'
import { foundProblems, type Session, show } from '../../session.ts'
import { diagnosisText, type Told } from './diagnosis-text.ts'

/** Diagnoses one channel of the server that is asked. */
export async function diagnoseOwn(session: Session, id: string): Promise<void> {
  const diagnosis = await session.client.call('get-diagnosis', { params: { id } })
  const { output } = session
  await show(session, diagnosis, async () => {
    const causes = diagnosis.causes.map(({ decides, evidence, against, ...cause }) => ({
      ...cause,
      ...(decides === null ? {} : { decides }),
      evidence: evidence.map(({ at: _at, ...one }) => one),
      against: against.map(({ at: _at, ...one }) => one),
    }))
    const { stage, healthy, findings, since } = diagnosis
    const told: Told = { stage: stage as Stage, healthy, causes, findings }
    output.line(output.colours.bold(id))
    for (const line of diagnosisText(told, output.colours)) output.line(line)
    if (since !== null) output.line(output.colours.dim(`So since ${since}`))
    output.note(`What was said: edict trace ${id}`)
  })
  if (!diagnosis.healthy) foundProblems(session)
}

/** Diagnoses every channel, by cause. */
export async function diagnoseFleet(session: Session): Promise<void> {
  const fleet = await session.client.call('get-fleet-diagnosis', {})
  const { output } = session
  await show(session, fleet, async () => {
    output.line(`${fleet.healthy} of ${fleet.channels} channels are healthy, as of ${fleet.asOf}`)
    for (const { channels, code, stage, since, summary, remedy, examples } of fleet.groups) {
      output.line('')
      output.line(`${output.colours.bold(String(channels))}  ${summary} (${code ?? stage})`)
      if (remedy !== null) output.line(`   do: ${remedy}`)
      if (since !== null) output.line(output.colours.dim(`   the first since ${since}`))
      const more = channels > examples.length ? ` and ${channels - examples.length} more` : ''
      output.line(output.colours.dim(`   ${examples.join(', ')}${more}`))
    }
  })
  if (fleet.groups.length > 0) foundProblems(session)
}
