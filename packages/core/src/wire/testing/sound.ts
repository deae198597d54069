import type { JsonObject, PlistDict } from '@edict/protocol'

/** Messages with which nothing is wrong; `changed` puts something wrong into one. */
export const sound = {
  tokens: { SyncTokens: { DeclarationsToken: 'd1', Timestamp: '2026-05-19T10:00:00Z' } },
  manifest: {
    Declarations: {
      Activations: [{ Identifier: 'wifi-on', ServerToken: 'a1' }],
      Configurations: [{ Identifier: 'wifi', ServerToken: 'c1' }],
      Assets: [],
      Management: [],
    },
    DeclarationsToken: 'd1',
  },
  declaration: {
    Type: 'com.apple.configuration.passcode.settings',
    Identifier: 'wifi',
    ServerToken: 'c1',
    Payload: { RequirePasscode: true },
  },
  status: { StatusItems: { passcode: { 'is-compliant': true } }, Errors: [] },
} as const satisfies Readonly<Record<string, JsonObject>>

const DEVICE = { UDID: '00008101-000A' }

export const soundPlists = {
  command: { CommandUUID: 'u1', Command: { RequestType: 'DeclarativeManagement' } },
  tokenUpdate: {
    MessageType: 'TokenUpdate',
    Topic: 'com.apple.mgmt.External.1',
    Token: Uint8Array.of(1, 2),
    PushMagic: 'magic',
    ...DEVICE,
  },
  asking: { MessageType: 'DeclarativeManagement', Endpoint: 'tokens', ...DEVICE },
  result: { Status: 'Acknowledged', CommandUUID: 'u1', ...DEVICE },
} as const satisfies Readonly<Record<string, PlistDict>>

/** Pretty-printed, as places in it are looked for. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
