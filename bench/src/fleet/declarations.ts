import type { DeclarationType } from '@edict/catalogue'

/** A declaration as an administrator writes it. */
interface Written {
  readonly Type: DeclarationType
  readonly Payload: object
}

/** The configurations that change from round to round: what a device collects in one session. */
export const changing = [1, 2, 3, 4, 5].map((number) => `com.example.bench.changing-${number}`)

const steady: Readonly<Record<string, Written>> = {
  'com.example.bench.passcode': {
    Type: 'com.apple.configuration.passcode.settings',
    Payload: { RequirePasscode: true, MinimumLength: 6 },
  },
  'com.example.bench.updates': {
    Type: 'com.apple.configuration.softwareupdate.settings',
    Payload: { Notifications: true, Deferrals: { CombinedPeriodInDays: 7 } },
  },
  'com.example.bench.wifi': {
    Type: 'com.apple.configuration.legacy',
    Payload: { ProfileURL: 'https://profiles.example.com/wifi.mobileconfig' },
  },
  'com.example.bench.always': {
    Type: 'com.apple.activation.simple',
    Payload: { StandardConfigurations: ['com.example.bench.passcode', 'com.example.bench.updates', ...changing] },
  },
  'com.example.bench.after-passcode': {
    Type: 'com.apple.activation.simple',
    Payload: {
      StandardConfigurations: ['com.example.bench.wifi'],
      Predicate: '@status(passcode.is-compliant) == TRUE',
    },
  },
}

/** The set of the fleet, as it is at a round. */
export function declarationsAt(round: number): ReadonlyMap<string, Written> {
  return new Map([...changing.map((identifier) => [identifier, changingAt(round)] as const), ...Object.entries(steady)])
}

/** About as long as an account's configuration. */
export function changingAt(round: number): Written {
  return { Type: 'com.apple.configuration.management.test', Payload: { Echo: `${round} `.padEnd(600, 'edict ') } }
}
