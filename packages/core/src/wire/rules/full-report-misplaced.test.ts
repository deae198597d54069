import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('warns of FullReport inside StatusItems', () => {
  const report = { StatusItems: { ...sound.status.StatusItems, FullReport: true }, Errors: [] }
  expect(problems(json(report))).toMatchObject([{ code: 'full-report-misplaced', severity: 'warning' }])
})

it('takes it beside them', () => {
  expect(codes(json({ ...sound.status, FullReport: true }))).toEqual([])
})
