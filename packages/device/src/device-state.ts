import type { JsonObject } from '@edict/protocol'

/** All a device knows, as JSON. Its form belongs to the device; keep it and give it back. */
export interface DeviceState {
  readonly version: 1
  readonly kind: string
  readonly seed: string
  readonly device: JsonObject
}
