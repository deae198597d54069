import { expect, it } from 'vitest'
import { acknowledged, healthy, manifest, ON, offer, report, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { declarationsTokenUnchanged } from './declarations-token-unchanged.ts'

it('explains a sync that ends at the token which the device has', () => {
  expect(suspicionOf(declarationsTokenUnchanged, [...healthy, offer, acknowledged, tokens('t1')])).toMatchObject({
    weight: 'proven',
    harmless: true,
  })
})

it('explains one that the command ends: it carries the token', () => {
  const command = { ...offer, uuid: 'c2', token: 't1' }
  const said = [...healthy, command, { ...acknowledged, uuid: 'c2' }]
  expect(suspicionOf(declarationsTokenUnchanged, said)?.evidence).toHaveLength(2)
})

it('is not harmless while something is not in force', () => {
  const bad = report([ON, WIFI], { wifi: { active: false, valid: 'invalid', reasons: [] } })
  const said = [...healthy.slice(0, -1), bad, offer, acknowledged, tokens('t1')]
  expect(suspicionOf(declarationsTokenUnchanged, said)).toMatchObject({ weight: 'likely', harmless: false })
})

it('is no suspicion when the token is another', () => {
  expect(suspicionOf(declarationsTokenUnchanged, [...healthy, offer, acknowledged, tokens('t2')])).toBeNull()
  expect(suspicionOf(declarationsTokenUnchanged, [offer, acknowledged, tokens('t1'), manifest('t1')])).toBeNull()
})
