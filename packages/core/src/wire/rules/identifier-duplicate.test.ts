import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { sound } from '../testing/sound.ts'

const manifest = (Assets: readonly object[]) =>
  JSON.stringify({ ...sound.manifest, Declarations: { ...sound.manifest.Declarations, Assets } })

it('finds an Identifier that another kind has too', () => {
  expect(found('identifier-duplicate', manifest([{ Identifier: 'wifi', ServerToken: 'x' }]))).toHaveLength(1)
})

it('takes different ones', () => {
  expect(codes(manifest([{ Identifier: 'ca', ServerToken: 'x' }]))).toEqual([])
})
