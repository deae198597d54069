import { expect, it } from 'vitest'
import { acknowledged, fetched, healthy, manifest, ON, offer, report, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { declarationNotSupported } from './declaration-not-supported.ts'

const PASSCODE = 'com.apple.configuration.passcode.settings'

it.each(['Error.UnknownDeclarationType', 'Error.ConfigurationNotSupported'])(
  'is what the device says with %s',
  (code) => {
    const said = [...healthy.slice(0, -1), report([ON, WIFI], { wifi: { valid: 'invalid', reasons: [{ code }] } })]
    expect(suspicionOf(declarationNotSupported, said)?.weight).toBe('proven')
  },
)

it('is likely for a type that the device does not list', () => {
  const listed = { ...report([]), supported: ['com.apple.configuration.account.mail'] }
  const said = [listed, offer, acknowledged, tokens('t1'), manifest('t1'), fetched(WIFI, { type: PASSCODE })]
  expect(suspicionOf(declarationNotSupported, said)).toMatchObject({
    weight: 'likely',
    evidence: [{ message: `${PASSCODE} is not among the types that the device lists` }],
  })
})

it('is no suspicion for one that it lists', () => {
  const listed = { ...report([]), supported: [PASSCODE] }
  const said = [listed, offer, acknowledged, tokens('t1'), manifest('t1'), fetched(WIFI, { type: PASSCODE })]
  expect(suspicionOf(declarationNotSupported, said)).toBeNull()
  expect(suspicionOf(declarationNotSupported, healthy)).toBeNull()
})
