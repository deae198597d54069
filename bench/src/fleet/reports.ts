import { declarationTypes, statusItems } from '@edict/catalogue'
import { type DeclarationItemsResponse, encodeStatusReport, type Json, type JsonObject } from '@edict/protocol'

/** The report after a manifest was collected: about 4 kB, of the shape that devices send. */
export function reportAfter({ Declarations }: DeclarationItemsResponse, more: JsonObject = {}): Uint8Array {
  const states = (items: DeclarationItemsResponse['Declarations']['Assets']) =>
    items.map((item) => ({
      active: true,
      identifier: item.Identifier,
      valid: 'valid',
      'server-token': item.ServerToken,
    }))
  return encodeStatusReport({
    StatusItems: {
      management: {
        declarations: {
          activations: states(Declarations.Activations),
          configurations: states(Declarations.Configurations),
          assets: states(Declarations.Assets),
          management: states(Declarations.Management),
        },
      },
      mdm: { app: Array.from({ length: 12 }, (_, number) => app(number)) },
      passcode: { 'is-compliant': true, 'is-present': true },
      ...more,
    },
    Errors: [],
    FullReport: false,
  })
}

/** A report of a few changes; `number` makes it another one. */
export function smallReport(number: number): Uint8Array {
  return encodeStatusReport({
    StatusItems: {
      mdm: { app: [{ ...app(number % 12), state: number % 2 === 0 ? 'managed' : 'updating' }] },
      passcode: { 'is-compliant': number % 2 === 0 },
    },
    Errors: [],
    FullReport: false,
  })
}

/** The first report of a device: everything, and what it is capable of. */
export function fullReport(): Uint8Array {
  const ofKind = (kind: string) =>
    [...declarationTypes.values()].filter((one) => one.kind === kind).map(({ type }) => type)
  const capabilities: Json = {
    'supported-versions': ['1.0.0'],
    'supported-payloads': {
      declarations: {
        activations: ofKind('activation'),
        assets: ofKind('asset'),
        configurations: ofKind('configuration'),
        management: ofKind('management'),
      },
      'status-items': [...statusItems.keys()],
    },
  }
  return encodeStatusReport({
    StatusItems: {
      management: { 'client-capabilities': capabilities },
      device: {
        model: { family: 'iPad', identifier: 'iPad13,1' },
        'operating-system': { family: 'iPadOS', version: '26.4.2', 'build-version': '23E100' },
      },
      passcode: { 'is-compliant': false, 'is-present': false },
    },
    Errors: [],
    FullReport: true,
  })
}

function app(number: number): JsonObject {
  return {
    identifier: `com.example.app-${number}`,
    name: `Application ${number}`,
    'version-string': '3.1.4',
    'external-version-id': '860012345',
    state: 'managed',
  }
}
