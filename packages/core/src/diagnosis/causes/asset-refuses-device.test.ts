import { expect, it } from 'vitest'
import { answer, healthy } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { assetRefusesDevice } from './asset-refuses-device.ts'

const get = (status: number) => ({ kind: 'asset', url: 'https://cdn.example/wifi', answer: answer(status) }) as const

it.each([401, 403])('is proven by %i of the host', (status) => {
  expect(suspicionOf(assetRefusesDevice, [...healthy, get(status)])?.weight).toBe('proven')
})

it('is no suspicion after 200', () => {
  expect(suspicionOf(assetRefusesDevice, [...healthy, get(200)])).toBeNull()
})
