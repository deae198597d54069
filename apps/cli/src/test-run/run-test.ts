import { decodeCommandJson } from '@edict/api'
import type { Declared } from '@edict/core'
import { DeviceError } from '@edict/device'
import { isPlistDict, type PlistDict } from '@edict/protocol'
import { UsageError } from '../failure.ts'
import { contentsFor } from './contents.ts'
import { EVERYTHING } from './declared-from.ts'
import { type DeviceUnderTest, deviceUnderTest } from './device-under-test.ts'
import type { Step, Test } from './fixture.ts'
import { membersOf } from './members-of.ts'
import { mismatchesOf } from './mismatches.ts'
import { Peer } from './peer.ts'
import type { StepResult, TestResult } from './verdict.ts'

/** All that the tests of one fixture share. */
export interface Stage {
  readonly file: string
  readonly declared: Declared
  readonly contents: ReadonlyMap<string, Uint8Array>
}

/**
 * Runs one test on a simulated device with a clock of its own. What it expects is compared with what the device says of
 * itself; the server's own opinion is not asked.
 *
 * @param seconds for how long something took, from a clock
 */
export async function runTest(
  test: Test,
  { file, declared, contents }: Stage,
  seconds: () => number,
): Promise<TestResult> {
  const began = seconds()
  const content = contentsFor(declared, contents)
  const steps: StepResult[] = []
  let failure: string | null = null
  const dut = await deviceUnderTest(test.device, (now) => new Peer(declared, now, content))
  try {
    const sets = [...declared.sets.keys()]
    dut.peer.give(dut.channel, { sets: sets.includes(EVERYTHING) ? [EVERYTHING] : sets })
    for (const step of test.steps) {
      await perform(step, dut, declared)
      const mismatches = step.expect === null ? [] : mismatchesOf(step.expect, dut, declared)
      steps.push({ label: labelOf(step, steps.length), mismatches })
    }
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error
    failure = error.message
  } finally {
    dut.stop()
  }
  const passed = failure === null && steps.every(({ mismatches }) => mismatches.length === 0)
  return { file, name: test.name, passed, seconds: seconds() - began, steps, failure }
}

async function perform(step: Step, dut: DeviceUnderTest, declared: Declared): Promise<void> {
  const { device, peer, channel } = dut
  if (step.sets !== null) {
    for (const set of step.sets) membersOf(set, declared.sets)
    peer.give(channel, { sets: step.sets })
  }
  if (step.properties !== null) peer.give(channel, { properties: step.properties })
  for (const command of step.commands) peer.queue(channel, commandOf(command))
  await dut.settle()
  await dut.pass(step.after)
  for (const event of step.events) device.model.apply(event)
  await dut.settle()
}

function commandOf(json: Step['commands'][number]): PlistDict & { readonly RequestType: string } {
  const command = decodeCommandJson(json)
  if (isPlistDict(command) && typeof command.RequestType === 'string') {
    return { ...command, RequestType: command.RequestType }
  }
  throw new UsageError('Cannot send a command: it has no RequestType')
}

function labelOf({ name, after, events, properties, sets, commands }: Step, index: number): string {
  if (name !== null) return name
  const happened = [
    ...(after > 0 ? [`after ${after / 1000}s`] : []),
    ...(sets === null ? [] : [`given ${sets.join(', ') || 'no set'}`]),
    ...(properties === null ? [] : [`properties ${JSON.stringify(properties)}`]),
    ...commands.map(({ RequestType }) => String(RequestType)),
    ...events.map(({ type }) => type),
  ]
  return happened.length > 0 ? happened.join(', ') : index === 0 ? 'in the beginning' : 'then'
}
