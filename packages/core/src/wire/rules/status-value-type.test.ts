import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json } from '../testing/sound.ts'

const report = (app: unknown) => json({ StatusItems: { mdm: { app } }, Errors: [] })

it('warns of another type, and of a key that each entry has', () => {
  expect(found('status-value-type', report('none'))).toEqual(['/StatusItems/mdm/app 4:14'])
  expect(found('status-value-type', report([{ name: 'Pages' }]))).toContain('/StatusItems/mdm/app/0/identifier 5:9')
})

it('takes what is typed, what was removed, and keys of a later OS', () => {
  expect(codes(report([{ identifier: 'a', state: 'managed', newer: 1 }]))).toEqual([])
  expect(codes(report([{ identifier: 'a', _removed: true }]))).toEqual([])
})
