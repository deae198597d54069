import { readFile } from 'node:fs/promises'
import type { Device, ModelEvent } from '@edict/device'
import { decodeJson, isJsonObject } from '@edict/protocol'
import { readModelEvent } from '../event/read-model-event.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { OptionError } from '../option.ts'

/** What happens to devices, and when. */
export interface ScriptStep {
  /** Seconds after the start. */
  readonly at: number
  readonly devices: readonly Device[]
  readonly event: ModelEvent
}

/** @throws OptionError when the file cannot be read, or with the line that is wrong */
export async function readScriptFile(path: string, fleet: Fleet): Promise<readonly ScriptStep[]> {
  try {
    return readScript(await readFile(path, 'utf8'), fleet)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const found = error instanceof OptionError ? message : (code ?? message)
    throw new OptionError(`Cannot read the script ${path}: ${found}`, { cause: error })
  }
}

/**
 * JSON lines: a model event each, with `at` (seconds after the start) and `device` (a place in the fleet from 0, an enrollment
 * id, or `all`).
 * @throws OptionError with the line that is wrong
 */
export function readScript(text: string, fleet: Fleet): readonly ScriptStep[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [stepIn(line, fleet)]
    } catch (error) {
      throw new OptionError(`line ${index + 1}: ${error instanceof Error ? error.message : error}`, { cause: error })
    }
  })
}

function stepIn(line: string, fleet: Fleet): ScriptStep {
  const value = decodeJson(line)
  if (!isJsonObject(value)) throw new OptionError('expected an object with at, device and type')
  const { at, device, ...event } = value
  if (typeof at !== 'number' || at < 0) {
    throw new OptionError(`at: found ${JSON.stringify(at)}, expected seconds after the start`)
  }
  return { at, devices: devicesOf(device, fleet), event: readModelEvent(event) }
}

function devicesOf(device: unknown, fleet: Fleet): readonly Device[] {
  if (device === 'all') return fleet.devices
  const found = typeof device === 'string' || typeof device === 'number' ? fleet.find(device) : undefined
  if (found !== undefined) return [found]
  const last = fleet.devices.length - 1
  throw new OptionError(`device: found ${JSON.stringify(device)}, expected 0 to ${last}, an enrollment id, or all`)
}
