import type { Certificate } from '@edict/pki'
import { DeviceError } from '../device/device-error.ts'
import type { Trust } from '../trust/trust.ts'

/** Runs a check of a proof by whom this server trusts. */
export type Anchored = <T>(check: (roots: readonly Certificate[]) => T) => Promise<T>

/**
 * Checks by the anchors as they were last read, and reads them only when somebody is not trusted by these: another node may have
 * made an authority since. Anchors come and do not go before they end, and dates are checked every time, so that who was trusted by
 * older ones is trusted by newer ones.
 */
export function anchoredBy(trust: Pick<Trust, 'anchors'>): Anchored {
  let roots: readonly Certificate[] | undefined
  return async (check) => {
    if (roots === undefined) {
      roots = await trust.anchors()
      return check(roots)
    }
    try {
      return check(roots)
    } catch (error) {
      if (!(error instanceof DeviceError && error.code === 'identity-untrusted')) throw error
      const fresh = await trust.anchors()
      if (fresh === roots) throw error
      roots = fresh
      return check(fresh)
    }
  }
}
