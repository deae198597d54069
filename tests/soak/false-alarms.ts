import { expect } from 'vitest'
import type { World } from '../harness/world.ts'

/** What sets leave out on purpose in these histories: a diagnosis may say so, and nothing else. */
const MEANT = ['configuration-without-activation', 'activation-lists-missing']

/** A channel at rest is diagnosed as healthy, or by what is really wrong with what it was given. */
export async function raisesNoFalseAlarm(
  world: World,
  id: string,
  conditions: readonly { readonly condition: string }[],
): Promise<void> {
  const { stage, healthy, causes } = await world.admin('get-diagnosis', { params: { id } })
  const alarms = causes
    .filter(({ harmless, code }) => !harmless && !MEANT.includes(code))
    .map(({ code, evidence }) => `${code}: ${evidence.map(({ message }) => message).join('; ')}`)
  const said = alarms.length === 0 ? '' : await lastSaid(world, id)
  expect([id, stage, alarms], said).toEqual([id, stage, []])
  if (conditions.every(({ condition }) => condition === 'in-force'))
    expect([id, stage, healthy]).toEqual([id, stage, true])
}

/** What a person would read to see whether the alarm is a false one. */
async function lastSaid(world: World, id: string): Promise<string> {
  const { items } = await world.admin('get-trace', { params: { id }, query: { limit: 30 } })
  return items.map((entry) => JSON.stringify(entry).slice(0, 400)).join('\n')
}
