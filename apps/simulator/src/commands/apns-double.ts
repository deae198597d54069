import { readFile } from 'node:fs/promises'
import { systemClock } from '@edict/device'
import type { DoubleTls } from '../apns/client-topic.ts'
import { faultOf } from '../apns/fault.ts'
import { startApnsDouble } from '../apns/start-apns-double.ts'
import { countOption, OptionError, type OptionValues, switchOption, textOption, urlOption } from '../option.ts'
import { forwardPushes } from '../wake/forward-pushes.ts'
import { defaultMeetingPlace, openMeetingPlace } from '../wake/meeting-place.ts'
import { apnsDoubleOptions } from './apns-double-options.ts'
import { exit, exitCodeOf } from './exit-code.ts'
import { ended, type Io } from './io.ts'

/**
 * `edict apns-double`: takes pushes until the signal, logs them, and wakes the devices of simulations. Says
 * `{"event":"listening","url":…}` on stdout. Exit code 0, 2 for an option that cannot be used, 3 when it cannot listen.
 */
export async function apnsDouble(options: OptionValues, io: Io): Promise<number> {
  try {
    const { doors, forget } = await doorsOf(options)
    const gone = new Set<string>()
    const forwarding = forwardPushes({
      doors,
      clock: systemClock,
      onProblem(door, { message }) {
        void forget(door)
        if (gone.size < 1000 && !gone.has(door)) io.stderr(message)
        gone.add(door)
      },
    })
    const fault = textOption(options, 'fault')
    const log = textOption(options, 'log')
    const [listen] = apnsDoubleOptions
    const tls = await tlsOf(options)
    const goAwayAfter = countOption(options, 'goAwayAfter', { least: 0, most: 1_000_000, or: 0 })
    const double = await startApnsDouble({
      listen: textOption(options, 'listen') ?? listen.default,
      onPush: (_, push) => forwarding.push(push),
      mostStreams: countOption(options, 'maxStreams', { least: 1, most: 100_000, or: 1000 }),
      ...(goAwayAfter === 0 ? {} : { goAwayAfter }),
      ...(tls === undefined ? {} : { tls }),
      ...(log === undefined ? {} : { log }),
      ...(fault === undefined ? {} : { fault: faultOf(fault) }),
    })
    io.stdout(JSON.stringify({ event: 'listening', url: double.url }))
    await ended(io.signal)
    forwarding.close()
    await double.close()
    io.stderr(`${double.pushes} pushes`)
    return exit.ok
  } catch (error) {
    return exitCodeOf(error, io)
  }
}

/** @throws OptionError when one of the three files is missing, or cannot be read */
async function tlsOf(options: OptionValues): Promise<DoubleTls | undefined> {
  const files = ['tlsCert', 'tlsKey', 'clientCa'].map((name) => textOption(options, name))
  if (files.every((file) => file === undefined)) return undefined
  const [cert = '', key = '', clientCa = ''] = await Promise.all(files.map(contentOf))
  return { cert, key, clientCa, refuse: switchOption(options, 'refuseHandshake') ? 'handshake' : 'answer' }
}

async function contentOf(file: string | undefined): Promise<string> {
  if (file === undefined)
    throw new OptionError('Cannot listen over TLS: expected --tls-cert, --tls-key and --client-ca')
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new OptionError(`Cannot read ${file}: ${cause.code}`, { cause })
  })
}

interface Doors {
  readonly doors: () => Promise<readonly string[]>
  readonly forget: (door: string) => Promise<void>
}

async function doorsOf(options: OptionValues): Promise<Doors> {
  const forward = urlOption(options, 'forward')
  if (forward !== undefined) return { doors: async () => [forward], forget: async () => undefined }
  return openMeetingPlace(textOption(options, 'meet') ?? defaultMeetingPlace())
}
