import { systemClock } from '@edict/device'
import { faultOf } from '../apns/fault.ts'
import { startApnsDouble } from '../apns/start-apns-double.ts'
import { type OptionValues, textOption, urlOption } from '../option.ts'
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
    const double = await startApnsDouble({
      listen: textOption(options, 'listen') ?? listen.default,
      onPush: (_, push) => forwarding.push(push),
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

interface Doors {
  readonly doors: () => Promise<readonly string[]>
  readonly forget: (door: string) => Promise<void>
}

async function doorsOf(options: OptionValues): Promise<Doors> {
  const forward = urlOption(options, 'forward')
  if (forward !== undefined) return { doors: async () => [forward], forget: async () => undefined }
  return openMeetingPlace(textOption(options, 'meet') ?? defaultMeetingPlace())
}
