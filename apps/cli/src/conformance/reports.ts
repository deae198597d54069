import type { JsonObject } from '@edict/protocol'

const NO_DECLARATIONS = { activations: [], assets: [], configurations: [], management: [] }

const DEVICE = {
  'operating-system': {
    family: 'iPadOS',
    version: '26.4',
    'build-version': '23E246',
    supplemental: { 'extra-version': '' },
  },
  model: { family: 'iPad', identifier: 'iPad13,1' },
}

/** What a device says first: what it is able to, that it holds nothing, and what it is. */
export const FIRST_REPORT: JsonObject = {
  StatusItems: {
    management: {
      'client-capabilities': {
        'supported-versions': ['1.0.0'],
        'supported-features': {},
        'supported-payloads': {
          declarations: {
            activations: ['com.apple.activation.simple'],
            assets: ['com.apple.asset.data', 'com.apple.asset.useridentity'],
            configurations: [
              'com.apple.configuration.management.status-subscriptions',
              'com.apple.configuration.management.test',
              'com.apple.configuration.passcode.settings',
            ],
            management: ['com.apple.management.organization-info', 'com.apple.management.properties'],
          },
          'status-items': ['device.model.family', 'device.operating-system.version', 'passcode.is-present'],
        },
      },
      declarations: NO_DECLARATIONS,
    },
    device: DEVICE,
  },
  Errors: [],
}

/** What the daily report says: everything there is. */
export const FULL_REPORT: JsonObject = { ...FIRST_REPORT, FullReport: true }

/** A report of these items. */
export function reportOf(StatusItems: JsonObject, Errors: readonly JsonObject[] = []): JsonObject {
  return { StatusItems, Errors }
}

/** A report of declarations: those of one array, and nothing in the others. */
export function configurationsReport(configurations: readonly JsonObject[]): JsonObject {
  return reportOf({ management: { declarations: { ...NO_DECLARATIONS, configurations } } })
}
