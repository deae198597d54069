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
  expect([id, stage, alarms]).toEqual([id, stage, []])
  if (conditions.every(({ condition }) => condition === 'in-force'))
    expect([id, stage, healthy]).toEqual([id, stage, true])
}
