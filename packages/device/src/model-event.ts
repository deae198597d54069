import type { Json } from '@edict/protocol'

/** What a person, an app or Apple does to the device, as JSON. `bundleId` absent means every app that waits for it. */
export type ModelEvent =
  | { readonly type: 'passcode.set'; readonly present: boolean; readonly compliant?: boolean }
  | { readonly type: 'passcode.comply' }
  | { readonly type: 'passcode.remove' }
  | { readonly type: 'account.set'; readonly declaration: string; readonly key: string; readonly value: Json }
  | { readonly type: 'app.tapInstall'; readonly bundleId?: string }
  | { readonly type: 'app.decline'; readonly bundleId?: string }
  | { readonly type: 'app.delete'; readonly bundleId: string }
  | { readonly type: 'app.progress'; readonly bundleId?: string }
  | { readonly type: 'battery.set'; readonly level?: number; readonly health?: string }
  | { readonly type: 'filevault.set'; readonly enabled: boolean }
  | { readonly type: 'os.set'; readonly version: string; readonly build?: string }
  | { readonly type: 'software-update.set'; readonly item: string; readonly value: Json }
  | { readonly type: 'test.set'; readonly item: string; readonly value: Json }
  | { readonly type: 'network.set'; readonly online: boolean }
  | { readonly type: 'awaiting-configuration.set'; readonly awaiting: boolean }
  | { readonly type: 'lock' }
  | { readonly type: 'unlock' }
