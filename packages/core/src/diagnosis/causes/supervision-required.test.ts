import { expect, it } from 'vitest'
import { fetched, healthy, ON, report, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { declarationNotSupported } from './declaration-not-supported.ts'
import { supervisionRequired } from './supervision-required.ts'

const refused = (type: string) => [
  ...healthy.slice(0, -2),
  fetched(WIFI, { type }),
  report([ON, WIFI], { wifi: { valid: 'invalid', reasons: [{ code: 'Error.ConfigurationNotSupported' }] } }),
]

it('is proven for a type that only supervised devices have', () => {
  const said = refused('com.apple.configuration.watch.enrollment')
  expect(suspicionOf(supervisionRequired, said)?.weight).toBe('proven')
  expect(suspicionOf(declarationNotSupported, said)).toBeNull()
})

it('is no suspicion for a type that others have too', () => {
  expect(suspicionOf(supervisionRequired, refused('com.apple.configuration.passcode.settings'))).toBeNull()
})
