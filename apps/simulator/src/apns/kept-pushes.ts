import type { Push } from './push.ts'

/** What waits for devices that cannot be reached. */
export interface KeptPushes {
  readonly size: number
  /** Keeps a push until it expires. Of one device the newest is kept, and one with expiration 0 never. */
  keep(push: Push): void
  /** What waits for a device that can be reached now; undefined when nothing does, or it has expired. */
  take(token: string): Push | undefined
}

/** @see https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns (apns-expiration) */
export function keptPushes(now: () => number): KeptPushes {
  const kept = new Map<string, Push>()
  return {
    get size() {
      return kept.size
    },
    keep(push) {
      kept.delete(push.token)
      if (push.expires > now()) kept.set(push.token, push)
    },
    take(token) {
      const push = kept.get(token)
      kept.delete(token)
      return push !== undefined && push.expires > now() ? push : undefined
    },
  }
}
