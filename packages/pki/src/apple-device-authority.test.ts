import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { appleDeviceAuthorities } from './apple-device-authority.ts'

it('the key of the iPhone Device CA is the one that its certificate names in SubjectKeyIdentifier', () => {
  const identifiers = appleDeviceAuthorities.map((key) =>
    createHash('sha1')
      .update(key.export({ type: 'pkcs1', format: 'der' }))
      .digest('hex'),
  )
  expect(identifiers).toEqual(['b2fe21234486956a79d581268e7310d8a74c8e74'])
})
