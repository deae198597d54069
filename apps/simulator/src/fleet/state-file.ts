import { open, rename, rm } from 'node:fs/promises'
import type { DeviceState } from '@edict/device'
import { isJsonObject, type Json } from '@edict/protocol'
import { OptionError } from '../option.ts'
import { deviceKey } from './start-fleet.ts'

const heading = { format: 'edict-fleet', version: 1 } as const
const batch = 64

/**
 * The states in a file that `writeStates` wrote, by `deviceKey`; none when there is no such file.
 * @throws OptionError with the line that cannot be read
 */
export async function readStates(path: string): Promise<Map<string, DeviceState>> {
  const states = new Map<string, DeviceState>()
  let number = 0
  for await (const line of linesOf(path)) {
    number += 1
    if (number > 1) {
      const state = stateIn(path, number, line)
      states.set(deviceKey(state), state)
    } else if (line !== JSON.stringify(heading)) {
      throw unreadable(path, number, `it is not ${JSON.stringify(heading)}`)
    }
  }
  return states
}

/** Puts states in a file: a line for each, whole or not at all. Takes a few at a time, so that devices go on meanwhile. */
export async function writeStates(path: string, states: Iterable<DeviceState>): Promise<void> {
  const draft = `${path}.${process.pid}.new`
  try {
    const file = await open(draft, 'w', 0o600)
    try {
      let lines = [JSON.stringify(heading)]
      for (const state of states) {
        lines.push(JSON.stringify(state))
        if (lines.length < batch) continue
        await file.appendFile(`${lines.join('\n')}\n`)
        lines = []
      }
      if (lines.length > 0) await file.appendFile(`${lines.join('\n')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** One by one: together they may be more than a string can hold. */
async function* linesOf(path: string): AsyncIterable<string> {
  try {
    await using file = await open(path)
    yield* file.readLines()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') throw new OptionError(`Cannot read the state ${path}: ${code ?? message}`, { cause: error })
  }
}

function stateIn(path: string, line: number, text: string): DeviceState {
  const value = jsonIn(path, line, text)
  if (!isJsonObject(value)) throw unreadable(path, line, 'it is not an object')
  const { version, kind, seed, device } = value
  if (version !== 1 || typeof kind !== 'string' || typeof seed !== 'string' || !isJsonObject(device)) {
    throw unreadable(path, line, 'it is not the state of a device of version 1')
  }
  return { version, kind, seed, device }
}

function jsonIn(path: string, line: number, text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw unreadable(path, line, 'it is not JSON')
  }
}

function unreadable(path: string, line: number, why: string): OptionError {
  return new OptionError(`Cannot read the state ${path}: line ${line}: ${why}; take the file away to begin anew`)
}
