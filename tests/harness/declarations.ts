import type { DeclarationType } from '@edict/catalogue'
import type { JsonObject } from '@edict/protocol'

/** A declaration as an administrator writes it. */
export interface Written {
  readonly Type: DeclarationType
  readonly Payload: JsonObject
}

/** The configuration of the first seed. */
export const softwareUpdateSettings: Written = {
  Type: 'com.apple.configuration.softwareupdate.settings',
  Payload: { Notifications: true, Deferrals: { CombinedPeriodInDays: 7 } },
}

export function passcodePolicy(MinimumLength = 6): Written {
  return { Type: 'com.apple.configuration.passcode.settings', Payload: { RequirePasscode: true, MinimumLength } }
}

export function activation(configurations: readonly string[], Predicate?: string): Written {
  return {
    Type: 'com.apple.activation.simple',
    Payload: { StandardConfigurations: [...configurations], ...(Predicate === undefined ? {} : { Predicate }) },
  }
}

export function legacyProfile(name: string): Written {
  return {
    Type: 'com.apple.configuration.legacy',
    Payload: { ProfileURL: `https://profiles.example.com/${name}.mobileconfig` },
  }
}

/** Does nothing, visibly: the engine's own test configuration. */
export function testConfiguration(Echo: string): Written {
  return { Type: 'com.apple.configuration.management.test', Payload: { Echo } }
}

export function properties(Payload: JsonObject): Written {
  return { Type: 'com.apple.management.properties', Payload }
}
