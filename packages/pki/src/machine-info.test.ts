import { describe, expect, it } from 'vitest'
import { appleDeviceAuthorities } from './apple-device-authority.ts'
import { appleDeviceMarker } from './apple-device-marker.ts'
import { createSignedData } from './cms/create-signed-data.ts'
import { basicConstraints } from './issue/extension-values.ts'
import { type MachineInfoOptions, verifyMachineInfo } from './machine-info.ts'
import { codeOf } from './testing/code-of.ts'
import { authority, craft, device, noon } from './testing/people.ts'
import { vector, vectorCertificate, vectorText } from './testing/vector.ts'

/** Long after the vectors' device authority has ended, while the device's own certificate is valid. */
const now = Date.UTC(2100, 0)
const trust = { authorities: [vectorCertificate('device-ca').publicKey], now }

describe('MachineInfo', () => {
  const judge = (name: string, options: Partial<MachineInfoOptions> = {}) =>
    codeOf(() => verifyMachineInfo(vector(name), { ...trust, ...options }))

  it('is what a device of Apple signed, though the authority ended long ago', () => {
    const { content, certificate } = verifyMachineInfo(vector('signed-machine-info-device'), trust)
    expect(Buffer.from(content).toString()).toBe(vectorText('content.txt'))
    expect(certificate.fingerprint).toBe(vectorCertificate('device').fingerprint)
  })

  it('is refused when the device itself is out of date', () => {
    expect(judge('signed-machine-info-device', { now: Date.UTC(2300, 0) })).toBe('certificate-expired')
    expect(judge('signed-machine-info-device', { now: Date.UTC(2020, 0) })).toBe('certificate-not-yet-valid')
  })

  it('is refused from what is Apple-issued but no device', () => {
    expect(judge('signed-machine-info-developer')).toBe('certificate-purpose')
  })

  it('is refused from an authority, marked or not', async () => {
    const root = await authority('Root')
    const marker = { oid: appleDeviceMarker, critical: false, value: Uint8Array.of(5, 0) }
    const judgeSigner = async (isAuthority: boolean) => {
      const signer = await craft({ name: 'Device', by: root, extensions: [basicConstraints(isAuthority), marker] })
      const bytes = createSignedData(Buffer.from('<plist/>'), { signer })
      return codeOf(() => verifyMachineInfo(bytes, { authorities: [root.certificate.publicKey], now: noon }))
    }
    expect(await judgeSigner(false)).toBeUndefined()
    expect(await judgeSigner(true)).toBe('certificate-purpose')
  })

  it('is refused with SHA-1 where that was turned off', () => {
    expect(judge('signed-machine-info-device', { sha1: false })).toBe('algorithm-weak')
  })

  it('is refused under other keys, whatever the name, and that of Apple is another than that of the vectors', async () => {
    const others = [vectorCertificate('root').publicKey, vectorCertificate('ec').publicKey]
    expect(judge('signed-machine-info-device', { authorities: others })).toBe('chain-untrusted')
    expect(judge('signed-machine-info-device', { authorities: appleDeviceAuthorities })).toBe('chain-untrusted')
    const by = await authority('Vector Device CA')
    const bytes = createSignedData(Buffer.from('<plist/>'), { signer: await device(by, 'Device') })
    expect(codeOf(() => verifyMachineInfo(bytes, { ...trust, now: noon }))).toBe('chain-untrusted')
  })

  it('is refused with other content', () => {
    const bytes = Buffer.from(vector('signed-machine-info-device'))
    const at = bytes.indexOf('Content that')
    bytes.write('Contents hat', at)
    expect(codeOf(() => verifyMachineInfo(bytes, trust))).toBe('digest-wrong')
  })
})
