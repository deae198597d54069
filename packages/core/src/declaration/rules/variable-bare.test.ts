import { expect, it } from 'vitest'
import { draftOf, MAIL_TYPE } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { variableBare } from './variable-bare.ts'

const of = (VisibleName: string) => problemsOf(variableBare, draftOf('m', MAIL_TYPE, { VisibleName }))

it('warns of the name of a variable without its braces', () => {
  expect(of('$device.serial-number')).toMatchObject([
    { code: 'variable-bare', severity: 'warning', at: '/Payload/VisibleName', expected: '${device.serial-number}' },
  ])
  expect(of('$property.email')).toHaveLength(1)
})

it('says nothing of other text with a dollar sign', () => {
  for (const text of ['${device.name}', '$device', '$device.colour', 'costs $device.name', '$5', 'pa$$word'])
    expect(of(text)).toEqual([])
})
