import { decodePem } from '@edict/pki'
import { expect, it } from 'vitest'
import { stage } from '../testing/stage.ts'

const url = 'https://mdm.example/enroll/watch'
const certificate = 'https://mdm.example/anchor.cer'

it('an iPhone says where its Watch enrolls, and by which anchors, while the configuration is in force', async () => {
  const { device, server, sync } = await stage({ kind: 'iphone' })
  expect(device.watchEnrollment()).toBeNull()
  const body = new Uint8Array([0x30, 3, 2, 1, 7])
  server.contents.set(certificate, { status: 200, headers: { 'content-type': 'application/pkix-cert' }, body })
  server.put('com.apple.asset.credential.certificate', 'anchor', { Reference: { DataURL: certificate } })
  const AnchorCertificateAssetReferences = ['anchor']
  server.put('com.apple.configuration.watch.enrollment', 'watches', {
    EnrollmentProfileURL: url,
    AnchorCertificateAssetReferences,
  })
  await sync()
  expect(device.watchEnrollment()).toBeNull()
  server.activate('on', ['watches'])
  await sync()
  const terms = device.watchEnrollment()
  expect(terms?.url).toBe(url)
  expect(terms?.anchors.flatMap((pem) => decodePem(pem, 'CERTIFICATE'))).toEqual([body])
  server.take('activation', 'on')
  await sync()
  expect(device.watchEnrollment()).toBeNull()
})
