import type { PushTarget } from '@edict/core'

/** What became of one push. */
export interface Pushed {
  readonly accepted: boolean
  /** Why not, in the service's word or ours. */
  readonly reason: string | null
}

/** Something that makes a device connect. */
export interface Push {
  send(target: PushTarget): Promise<Pushed>
  close(): Promise<void>
}

/** Without a push service nothing is sent: devices come by themselves, daily at the latest. */
export const noPush: Push = {
  send: async () => ({ accepted: false, reason: 'no-push-service' }),
  close: async () => undefined,
}
