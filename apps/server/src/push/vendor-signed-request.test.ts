import { createVerify } from 'node:crypto'
import {
  createAuthority,
  createCertificateRequest,
  createSelfSigned,
  encodePem,
  type KeyPair,
  newPrivateKey,
} from '@edict/pki'
import { decodePlist } from '@edict/protocol'
import { expect, it } from 'vitest'
import { vendorSignedRequest } from './vendor-signed-request.ts'

const pem = ({ certificate }: KeyPair) => encodePem(certificate.der, 'CERTIFICATE')
const keyOf = ({ privateKey }: KeyPair) => String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
const named = (value: string) => [{ type: 'CN', value }] as const

const made = (async () => {
  const privateKey = await newPrivateKey('rsa-2048')
  const der = createCertificateRequest({ subject: named('Edict push certificate'), privateKey })
  const vendor = await createSelfSigned(named('MDM vendor'), await newPrivateKey('rsa-2048'), Date.now())
  const root = await createAuthority({ name: named('Root'), key: 'p-256', now: Date.now(), days: 10 })
  return { der, request: encodePem(der, 'CERTIFICATE REQUEST'), vendor, root }
})()

it('is a property list in base64 with the request, the chain and a signature over the request', async () => {
  const { der, request, vendor, root } = await made
  const chain = pem(vendor) + pem(root)
  const signed = vendorSignedRequest(request, { certificates: chain, key: keyOf(vendor) })
  expect(signed).toMatch(/^[A-Za-z0-9+/]+=*$/)
  const plist = decodePlist(Buffer.from(signed, 'base64')) as Record<string, string>
  expect(Object.keys(plist).sort()).toEqual(['PushCertCertificateChain', 'PushCertRequestCSR', 'PushCertSignature'])
  expect(plist.PushCertRequestCSR).toBe(Buffer.from(der).toString('base64'))
  expect(plist.PushCertCertificateChain).toBe(chain)
  const verify = createVerify('sha256').update(der)
  expect(verify.verify(vendor.certificate.publicKey, plist.PushCertSignature ?? '', 'base64')).toBe(true)
})

it('is not made with the key of another, nor of something else', async () => {
  const { request, vendor, root } = await made
  const key = keyOf(vendor)
  expect(() => vendorSignedRequest(request, { certificates: pem(root), key })).toThrow('not that of the key')
  expect(() => vendorSignedRequest(pem(vendor), { certificates: pem(vendor), key })).toThrow('no CERTIFICATE REQUEST')
})
