import type { Device, DeviceOptions, DeviceRequest, DeviceState, ModelEvent } from '@edict/device'

/** A device of the tests: it does nothing by itself, and remembers what it was told. */
export interface Puppet extends Device {
  readonly options: DeviceOptions
  readonly events: readonly ModelEvent[]
  readonly pushes: readonly string[]
}

const nothing = new TextEncoder().encode('')

/** Its push token is the hex of its seed and how often it enrolled. Has a user channel when it is a Mac. */
export function createPuppet(options: DeviceOptions): Puppet {
  const id = `PUPPET ${options.seed}`
  const ids = options.kind === 'mac' ? [id, `${id}:USER`] : [id]
  const events: ModelEvent[] = []
  const pushes: string[] = []
  const requests: DeviceRequest[] = []
  let enrollments = Number(options.state?.device.enrollments ?? 0)
  const tokenOf = (channel: string) =>
    enrollments === 0 ? null : Buffer.from(`${channel} ${enrollments}`).toString('hex').toUpperCase()
  const send = async (endpoint: string) => {
    const { status } = await options.transport.checkIn(nothing)
    requests.push({ at: options.clock.now(), channel: id, endpoint, status })
    if (status !== 200) throw new Error(`Cannot enroll: answered ${status}`)
  }
  const channels: Device['channels'] = () =>
    ids.map((channel, place) => ({
      id: channel,
      kind: place === 0 ? 'device' : 'user',
      userShortName: null,
      pushToken: tokenOf(channel),
      pushMagic: enrollments === 0 ? null : `magic ${enrollments}`,
    }))
  return {
    id,
    options,
    events,
    pushes,
    requests,
    channels,
    async enroll() {
      await send('Authenticate')
      enrollments += 1
    },
    async checkOut() {
      enrollments = 0
    },
    logIn: async () => true,
    logOut: () => undefined,
    returnToService: async () => false,
    setBootstrapToken: async () => undefined,
    bootstrapToken: async () => null,
    watchEnrollment: () => null,
    pairingToken: async () => nothing,
    async push(token) {
      pushes.push(token)
      return true
    },
    connect: () => send('Idle'),
    sync: () => send('declaration-items'),
    daily: () => send('status'),
    settled: async () => undefined,
    model: { apply: (event: ModelEvent) => void events.push(event) } as unknown as Device['model'],
    seal: () => null,
    inspect: () => ({
      id,
      kind: options.kind,
      platform: 'iOS',
      productName: 'iPad14,4',
      osVersion: '26.4',
      serialNumber: 'PUPPET',
      supervised: true,
      enrolled: enrollments > 0,
      online: true,
      locked: false,
      awaitingConfiguration: false,
      channels: channels().map((channel) => channelView(channel)),
    }),
    save: (): DeviceState => ({ version: 1, kind: options.kind, seed: options.seed, device: { enrollments } }),
    stop: () => undefined,
  }
}

function channelView({ id, kind, userShortName, pushToken }: ReturnType<Device['channels']>[number]) {
  const state = (identifier: string, active: boolean) =>
    ({
      identifier,
      'server-token': '1',
      active,
      valid: 'valid',
      reasons: active ? [] : [{ code: 'Info.Predicate' }],
    }) as const
  return {
    id,
    kind,
    userShortName,
    awaitingConfiguration: false,
    enabled: false,
    pushToken,
    token: null,
    held: [],
    declarations: {
      activation: [state(`${id} on`, true), state(`${id} off`, false)],
      asset: [],
      configuration: [],
      management: [],
    },
    activations: [
      {
        identifier: `${id} off`,
        active: false,
        predicate: { source: 'FALSEPREDICATE', outcome: 'false' },
        reasons: [],
      } as const,
      { identifier: `${id} on`, active: true, predicate: null, reasons: [] },
    ],
    subscriptions: [],
    pending: [],
    status: {},
    properties: {},
    backOff: null,
    problem: null,
    requests: [],
  }
}
