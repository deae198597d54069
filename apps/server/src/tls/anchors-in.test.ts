import { createSelfSigned, encodePem, newPrivateKey } from '@edict/pki'
import { expect, it } from 'vitest'
import { anchorsIn } from './anchors-in.ts'

it('anchors are what follows the certificate of the server, or itself when it signed itself', async () => {
  const made = async (CN: string) => {
    const { certificate } = await createSelfSigned(
      [{ type: 'CN', value: CN }],
      await newPrivateKey('p-256'),
      Date.now(),
    )
    return { der: certificate.der, pem: encodePem(certificate.der, 'CERTIFICATE') }
  }
  const [own, root] = [await made('own'), await made('root')]
  const anchors = (pem: string) => anchorsIn(Buffer.from(pem)).map((der) => Buffer.from(der).toString('hex'))
  expect(anchors(own.pem + root.pem)).toEqual([Buffer.from(root.der).toString('hex')])
  expect(anchors(own.pem)).toEqual([Buffer.from(own.der).toString('hex')])
})
