import { expect, it } from 'vitest'
import { acknowledged, fetched, healthy, manifest, ON, offer, report, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { activationListsMissing } from './activation-lists-missing.ts'

it('is what the device says', () => {
  const reasons = [{ code: 'Error.MissingConfigurations' }]
  const said = [...healthy.slice(0, -1), report([ON, WIFI], { on: { active: false, reasons } })]
  expect(suspicionOf(activationListsMissing, said)?.weight).toBe('proven')
})

it('is likely when an activation names what the manifest does not list', () => {
  const said = [
    offer,
    acknowledged,
    tokens('t1'),
    manifest('t1'),
    fetched(ON, { configurations: ['wifi', 'mail'] }),
    fetched(WIFI),
  ]
  expect(suspicionOf(activationListsMissing, said)).toMatchObject({
    weight: 'likely',
    evidence: [{ message: 'on names mail, which the manifest does not list' }],
  })
})

it('is no suspicion when everything that it names is there', () => {
  const said = [offer, acknowledged, tokens('t1'), manifest('t1'), fetched(ON, { configurations: ['wifi'] })]
  expect(suspicionOf(activationListsMissing, said)).toBeNull()
})
