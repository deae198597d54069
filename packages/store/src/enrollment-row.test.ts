import type { Enrollment } from '@edict/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { enrollmentColumns, enrollmentOf, enrollmentRow } from './enrollment-row.ts'

const text = fc.string({ unit: 'grapheme' })
const instant = fc.maxSafeNat()
const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null })
const said = fc.record({ token: text, at: instant })
const answers = ['Acknowledged', 'Error', 'CommandFormatError', 'NotNow', null] as const

const sync: fc.Arbitrary<Enrollment['sync']> = fc.record({
  enabled: fc.boolean(),
  told: orNull(said),
  collected: orNull(said),
  shown: fc.array(text),
  offer: orNull(
    fc.record({
      CommandUUID: text,
      token: text,
      at: instant,
      data: fc.boolean(),
      answer: fc.constantFrom(...answers),
      answeredAt: orNull(instant),
      attempt: fc.nat(),
    }),
  ),
  superseded: fc.array(text),
  resync: fc.boolean(),
})

const facts: fc.Arbitrary<Enrollment['facts']> = fc.record(
  {
    productName: text,
    platform: fc.constantFrom('iOS', 'macOS', 'tvOS', 'visionOS', 'watchOS'),
    osVersion: text,
    serialNumber: text,
    deviceName: text,
    supervised: fc.boolean(),
    sharedIPad: fc.boolean(),
  },
  { requiredKeys: [] },
)

const enrollments = fc
  .record({
    id: text,
    device: text,
    channel: fc.constantFrom('device', 'user'),
    shape: fc.constantFrom('device', 'mac-user', 'shared-ipad-user', 'user-enrollment', 'user-enrollment-user'),
    state: fc.constantFrom('enrolling', 'enrolled', 'left'),
    period: fc.nat(),
    facts,
    capabilities: orNull(text),
    push: orNull(fc.record({ topic: text, token: text, magic: text })),
    awaitingConfiguration: orNull(fc.boolean()),
    own: text,
    cohort: text,
    since: instant,
    sync,
    enrolledAt: orNull(instant),
    lastSeenAt: orNull(instant),
    lastReportAt: orNull(instant),
    lastFullReportAt: orNull(instant),
    subscribedAt: orNull(instant),
    subscribed: orNull(text),
  })
  .chain((known) => fc.option(text, { nil: undefined }).map((userName) => ({ ...known, ...named(userName) })))

function named(userName: string | undefined): Pick<Enrollment, 'userName'> {
  return userName === undefined ? {} : { userName }
}

it('a row keeps everything of an enrollment', () => {
  fc.assert(
    fc.property(enrollments as fc.Arbitrary<Enrollment>, (enrollment) => {
      expect(enrollmentOf(enrollmentRow(enrollment))).toEqual(enrollment)
    }),
  )
})

it('a row has every column that is written', () => {
  const [enrollment] = fc.sample(enrollments as fc.Arbitrary<Enrollment>, 1)
  if (enrollment === undefined) throw new Error('no sample')
  expect(Object.keys(enrollmentRow(enrollment)).sort()).toEqual([...enrollmentColumns].sort())
})
