import { readFile } from 'node:fs/promises'
import { type AccountWay, type Clock, type DeviceState, relatedKeys, systemClock } from '@edict/device'
import { type ApnsDouble, startApnsDouble } from '../apns/start-apns-double.ts'
import { startControl } from '../control/start-control.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { invitedProfile } from '../fleet/invited-profile.ts'
import { keepStates } from '../fleet/keep-states.ts'
import { labIdentity } from '../fleet/lab-authority.ts'
import { signInByPage } from '../fleet/sign-in-by-page.ts'
import { type FleetOptions, startFleet } from '../fleet/start-fleet.ts'
import { readStates } from '../fleet/state-file.ts'
import { OptionError, type OptionValues } from '../option.ts'
import { readScriptFile } from '../script/read-script.ts'
import { runScript } from '../script/run-script.ts'
import { openMeetingPlace } from '../wake/meeting-place.ts'
import { enrollmentOutcome } from './enrollment-outcome.ts'
import { exit, exitCodeOf } from './exit-code.ts'
import { ended, type Io } from './io.ts'
import { progressLines } from './progress-lines.ts'
import { type AccountConfig, type ApnsConfig, readSimulateConfig, type SimulateConfig } from './simulate-config.ts'

/**
 * `edict simulate`: runs devices until the signal. When they are enrolled it says
 * `{"event":"ready","devices":…,"control":…,"apns":…}` on stdout. Exit code 0, 2 for an option or file that cannot be used, 3
 * when the server cannot be reached or an address not be listened on, 4 when the server takes none of the devices.
 */
export async function simulate(options: OptionValues, io: Io, clock: Clock = systemClock): Promise<number> {
  await using ending = new AsyncDisposableStack()
  try {
    return await run(readSimulateConfig(options), io, clock, ending)
  } catch (error) {
    return exitCodeOf(error, io)
  }
}

async function run(config: SimulateConfig, io: Io, clock: Clock, ending: AsyncDisposableStack): Promise<number> {
  const states = config.state === null ? new Map<string, DeviceState>() : await readStates(config.state)
  const account = config.account === null ? null : await accountWay(config.account, config.server)
  const lab = config.machineInfoCa === null ? null : await labIdentity(config.machineInfoCa, clock.now())
  const fleet = startFleet({
    ...fleetOptions(config, account, clock, states),
    ...(lab === null ? {} : { appleIdentity: lab }),
  })
  if (config.serials) {
    ending.defer(() => fleet.stop())
    for (const device of fleet.devices) io.stdout(device.inspect().serialNumber ?? '')
    return exit.ok
  }
  if (config.state !== null) {
    const kept = keepStates({ path: config.state, fleet, clock, states, onProblem: io.stderr })
    ending.defer(() => kept.close().catch((error: Error) => io.stderr(`Cannot save the state: ${error.message}`)))
  }
  // Before the last save, which must not miss what happens while it is written.
  ending.defer(() => fleet.stop())
  const steps = config.script === null ? [] : await readScriptFile(config.script, fleet)
  const { control, controlAnywhere: anywhere } = config
  const door = await startControl({ listen: control, fleet, anywhere })
  ending.defer(() => door.close())
  const apns = config.apns === null ? null : await ownDouble(config.apns, fleet)
  if (apns === null) ending.defer(await announce(config.meet, door.url, io))
  else ending.defer(() => apns.close())

  const progress = progressLines(fleet, io)
  ending.defer(() => progress.close())
  const failures = await Promise.race([fleet.enroll(progress.enrolled), ended(io.signal)])
  if (failures === undefined) return exit.ok
  const { code, lines } = enrollmentOutcome(fleet, failures)
  for (const line of lines) io.stderr(line)
  if (code !== exit.ok) return code

  const devices = fleet.devices.length - failures.length
  io.stdout(JSON.stringify({ event: 'ready', devices, control: door.url, apns: apns?.url ?? null }))
  ending.defer(runScript({ steps, fleet, clock, onProblem: io.stderr }))
  await ended(io.signal)
  return exit.ok
}

/** One account for all devices; each signs in by itself. */
async function accountWay({ identifier, passwordFile }: AccountConfig, server: string): Promise<AccountWay> {
  const password = await readFile(passwordFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OptionError(`Cannot read ${passwordFile} for passwordFile: ${error.code}`)
  })
  const signIn = signInByPage(identifier, password.replace(/\r?\n$/, ''))
  return { kind: 'account', identifier, signIn, discovery: server.replace(/\/+$/, '') }
}

function fleetOptions(
  config: SimulateConfig,
  account: AccountWay | null,
  clock: Clock,
  states: ReadonlyMap<string, DeviceState>,
): FleetOptions {
  const { server, invitation, automated, keys, kind, count, osVersion, seed, aggregate, enrollAtOnce } = config
  return {
    ...(invitation === null ? {} : { way: () => invitedProfile(invitation) }),
    ...(automated === null ? {} : { way: async () => ({ kind: 'automated' as const, ...automated }) }),
    ...(account === null ? {} : { way: async () => ({ ...account }), signIn: account.signIn }),
    ...(keys === 'related' ? { keys: relatedKeys(seed) } : {}),
    server,
    groups: [{ kind, count, ...(osVersion === null ? {} : { osVersion }) }],
    seed,
    aggregate,
    enrollAtOnce,
    states,
    clock,
  }
}

function ownDouble({ listen, log, strict, fault }: ApnsConfig, fleet: Fleet): Promise<ApnsDouble> {
  return startApnsDouble({
    listen,
    onPush: (token, { magic }) => fleet.push(token, magic),
    ...(log === null ? {} : { log }),
    ...(strict ? { knows: fleet.knows } : {}),
    ...(fault === null ? {} : { fault }),
  })
}

/** Not being found by an apns-double is no reason not to run. */
async function announce(folder: string, door: string, io: Io): Promise<() => Promise<void>> {
  try {
    return await (await openMeetingPlace(folder)).announce(door)
  } catch (error) {
    io.stderr(`apns-double will not find this simulation: ${error instanceof Error ? error.message : error}`)
    return async () => undefined
  }
}
