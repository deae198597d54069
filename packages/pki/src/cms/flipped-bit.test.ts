import { describe, expect, it } from 'vitest'
import { appleDeviceMarker } from '../apple-device-marker.ts'
import { verifyChain } from '../certificate/verify-chain.ts'
import { verifyMachineInfo } from '../machine-info.ts'
import { PkiError } from '../pki-error.ts'
import { authority, craft, device, noon } from '../testing/people.ts'
import { vector, vectorCertificate } from '../testing/vector.ts'
import { createSignedData } from './create-signed-data.ts'
import { verifySignedData } from './verify-signed-data.ts'

/** Offsets of octets in which some bit can be flipped and the message is still taken. */
function unnoticed(bytes: Uint8Array, attempt: (flipped: Uint8Array) => void, step = 1): readonly number[] {
  const found = new Set<number>()
  for (let bit = 0; bit < bytes.length * 8; bit += step) {
    const flipped = Uint8Array.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    try {
      attempt(flipped)
      found.add(bit >> 3)
    } catch (error) {
      if (!(error instanceof PkiError)) throw error
    }
  }
  return [...found]
}

/** Where the two version numbers stand: of the message, and of its signer. Nothing depends on them. */
function versions(bytes: Uint8Array, holder: Uint8Array): readonly number[] {
  const buffer = Buffer.from(bytes)
  const version = Buffer.from([0x02, 0x01, 0x01])
  const signer = buffer.lastIndexOf(version, buffer.lastIndexOf(holder))
  return [buffer.indexOf(version) + 2, signer + 2]
}

describe('a flipped bit in signed data', async () => {
  const by = await authority('Authority')
  const signer = await device(by, 'Device')
  const content = Buffer.from('<plist/>')
  const accept = (certificate: typeof signer.certificate) =>
    verifyChain(certificate, { roots: [by.certificate], now: noon })

  it('is noticed anywhere in an attached message', () => {
    const bytes = createSignedData(content, { signer, signingTime: noon })
    const left = unnoticed(bytes, (flipped) => verifySignedData(flipped, { accept }))
    expect(versions(bytes, signer.certificate.issuer)).toEqual(expect.arrayContaining([...left]))
  })

  it('is noticed anywhere in a detached message, and in its content', () => {
    const bytes = createSignedData(content, { signer, detached: true })
    const left = unnoticed(bytes, (flipped) => verifySignedData(flipped, { accept, detached: content }))
    expect(versions(bytes, signer.certificate.issuer)).toEqual(expect.arrayContaining([...left]))
    expect(unnoticed(content, (flipped) => verifySignedData(bytes, { accept, detached: flipped }))).toEqual([])
  })

  it('never changes what a message of openssl says, or who says it', () => {
    const roots = [vectorCertificate('root')]
    const bytes = vector('signed-streamed-attached')
    const truth = verifySignedData(bytes)
    unnoticed(
      bytes,
      (flipped) => {
        const verified = verifySignedData(flipped, {
          accept: (one) => verifyChain(one, { roots, now: Date.UTC(2100, 0) }),
        })
        expect(Buffer.compare(verified.content, truth.content)).toBe(0)
        expect(verified.signer.fingerprint).toBe(truth.signer.fingerprint)
        expect(verified.signingTime).toBe(truth.signingTime)
      },
      7,
    )
  })

  it('is no worse than a missing end', () => {
    const bytes = createSignedData(content, { signer })
    for (let length = 0; length < bytes.length; length++) {
      expect(() => verifySignedData(bytes.subarray(0, length))).toThrow(PkiError)
    }
  })

  it('is noticed anywhere in MachineInfo, whose authority is known by its key alone', async () => {
    const marker = { oid: appleDeviceMarker, critical: false, value: Uint8Array.of(5, 0) }
    const apple = await craft({ name: 'Device', by, extensions: [marker] })
    const bytes = createSignedData(content, { signer: apple })
    const options = { authorities: [by.certificate.publicKey], now: noon }
    const left = unnoticed(bytes, (flipped) => verifyMachineInfo(flipped, options))
    expect(versions(bytes, apple.certificate.issuer)).toEqual(expect.arrayContaining([...left]))
  })
})
