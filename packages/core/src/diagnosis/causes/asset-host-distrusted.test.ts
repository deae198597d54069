import { expect, it } from 'vitest'
import { healthy, ON, ok, report, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { assetHostDistrusted } from './asset-host-distrusted.ts'

const failed = report([ON, WIFI], { wifi: { valid: 'invalid', reasons: [{ code: 'Error.AssetCannotBeDownloaded' }] } })
const get = { kind: 'asset', url: 'https://cdn.example/wifi', answer: ok } as const

it('is possible when the device could not download, and nobody saw it ask', () => {
  expect(suspicionOf(assetHostDistrusted, [...healthy.slice(0, -1), failed])?.weight).toBe('possible')
})

it('is no suspicion when it asked', () => {
  expect(suspicionOf(assetHostDistrusted, [...healthy.slice(0, -1), get, failed])).toBeNull()
  expect(suspicionOf(assetHostDistrusted, healthy)).toBeNull()
})
