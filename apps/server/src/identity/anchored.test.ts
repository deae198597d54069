import type { Certificate } from '@edict/pki'
import { describe, expect, it } from 'vitest'
import { DeviceError } from '../device/device-error.ts'
import { anchoredBy } from './anchored.ts'

describe('anchors', () => {
  const old = [] as readonly Certificate[]
  const fresh = [] as readonly Certificate[]
  const refusing = (trusted: readonly Certificate[] | null, code: DeviceError['code'] = 'identity-untrusted') => {
    return (roots: readonly Certificate[]) => {
      if (roots !== trusted) throw new DeviceError(code, 'Cannot trust')
      return 'trusted'
    }
  }

  it('are read once, and again for who is not trusted by them', async () => {
    let now = old
    let reads = 0
    const anchored = anchoredBy({
      anchors: async () => {
        reads += 1
        return now
      },
    })
    for (let turn = 0; turn < 3; turn += 1) expect(await anchored(refusing(old))).toBe('trusted')
    expect(reads).toBe(1)
    now = fresh
    expect(await anchored(refusing(fresh))).toBe('trusted')
    expect(reads).toBe(2)
    await expect(anchored(refusing(null))).rejects.toThrow(DeviceError)
    expect(reads).toBe(3)
    await expect(anchored(refusing(null, 'identity-proof-broken'))).rejects.toThrow(DeviceError)
    expect(reads).toBe(3)
  })
})
