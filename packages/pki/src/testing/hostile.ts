import fc from 'fast-check'
import { decodeBase64, encodeBase64 } from '../base64.ts'
import { readCertificate } from '../certificate/certificate.ts'
import { readClientCertHeader, readEscapedCertHeader } from '../certificate/client-certificate-header.ts'
import { decodePem } from '../certificate/pem.ts'
import { readCertificatesOnly } from '../cms/certificates-only.ts'
import { createEnvelopedData } from '../cms/create-enveloped-data.ts'
import { createSignedData } from '../cms/create-signed-data.ts'
import { decryptEnvelopedData } from '../cms/decrypt-enveloped-data.ts'
import { readEnvelopedData } from '../cms/enveloped-data.ts'
import { verifySignedData } from '../cms/verify-signed-data.ts'
import { definite } from '../der/definite.ts'
import { readCertificateRequest } from '../issue/certificate-request.ts'
import { createCertificateRequest } from '../issue/create-certificate-request.ts'
import { newPrivateKey } from '../issue/key-type.ts'
import { createSelfSigned } from '../issue/self-signed.ts'
import { verifyMachineInfo } from '../machine-info.ts'
import { createMdmSignature, verifyMdmSignature } from '../mdm-signature.ts'
import { createScepRequest } from '../scep/create-request.ts'
import { readPkiOperationQuery } from '../scep/pki-operation-query.ts'
import { readScepReply } from '../scep/read-reply.ts'
import { readScepRequest } from '../scep/read-request.ts'
import { authority, noon } from './people.ts'
import { vector } from './vector.ts'

export type Door = readonly [name: string, open: (bytes: Uint8Array) => unknown]

/** Every way in for bytes of strangers, and honest bytes to start from. */
export async function doors(): Promise<{ readonly ways: readonly Door[]; readonly honest: readonly Uint8Array[] }> {
  const ca = await authority('CA', 'rsa-2048')
  const subject = [{ type: 'CN', value: 'Device' }] as const
  const self = await createSelfSigned(subject, await newPrivateKey('rsa-2048'), noon)
  const csr = createCertificateRequest({ subject, privateKey: self.privateKey, challengePassword: 'secret' })
  const request = createScepRequest({ kind: 'PKCSReq', content: csr, signer: self, recipient: ca.certificate })
  const roots = [ca.certificate]
  const body = Buffer.from('<plist/>')
  const ways: readonly Door[] = [
    ['BER', definite],
    ['certificate', readCertificate],
    ['certificates only', readCertificatesOnly],
    ['certificate request', readCertificateRequest],
    ['signed data', (bytes) => verifySignedData(bytes, { sha1: true })],
    ['detached signed data', (bytes) => verifySignedData(bytes, { detached: body })],
    ['enveloped data', readEnvelopedData],
    ['decryption', (bytes) => decryptEnvelopedData(bytes, ca)],
    [
      'MachineInfo',
      (bytes) => verifyMachineInfo(bytes, { authorities: roots.map(({ publicKey }) => publicKey), now: noon }),
    ],
    ['Mdm-Signature', (bytes) => verifyMdmSignature(encodeBase64(bytes), body, { roots, now: noon })],
    [
      'Mdm-Signature, raw',
      (bytes) => verifyMdmSignature(Buffer.from(bytes).toString('latin1'), body, { roots, now: noon }),
    ],
    ['Client-Cert', (bytes) => readClientCertHeader(`:${encodeBase64(bytes)}:`)],
    ['Client-Cert, raw', (bytes) => readClientCertHeader(Buffer.from(bytes).toString('latin1'))],
    ['escaped certificate', (bytes) => readEscapedCertHeader(Buffer.from(bytes).toString('latin1'))],
    ['PEM', (bytes) => decodePem(Buffer.from(bytes).toString('latin1'), 'CERTIFICATE')],
    ['base64', (bytes) => decodeBase64(Buffer.from(bytes).toString('latin1'), 'text')],
    ['SCEP request', (bytes) => readScepRequest(bytes, ca)],
    ['SCEP query', (bytes) => readPkiOperationQuery(Buffer.from(bytes).toString('latin1'))],
    ['SCEP reply', (bytes) => readScepReply(bytes, { exchange: request, recipient: self, authorities: roots })],
  ]
  const honest = [
    ca.certificate.der,
    csr,
    request.message,
    createSignedData(body, { signer: self, signingTime: noon }),
    createEnvelopedData(csr, [ca.certificate]),
    Buffer.from(createMdmSignature(body, self, noon), 'base64'),
    vector('signed-streamed-attached'),
    vector('signed-pss-sha256-attached'),
    vector('enveloped-streamed'),
  ]
  return { ways, honest }
}

/** Bytes from nowhere, bytes that look like DER, and honest bytes with a few octets changed, cut out or doubled. */
export function hostileBytes(honest: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const octet = fc.nat({ max: 255 })
  const likely = fc.oneof(octet, fc.constantFrom(0x30, 0x31, 0xa0, 0x80, 0x82, 0x24, 0x04, 0x02, 0x06, 0x00, 0xff))
  const change = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('set', 'cut', 'double', 'length'),
    value: likely,
    span: fc.nat({ max: 40 }),
  })
  const changed = fc
    .tuple(fc.constantFrom(...honest), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([bytes, changes]) => {
      let result = Buffer.from(bytes)
      for (const { at, kind, value, span } of changes) {
        const place = at % (result.length + 1)
        const [before, middle, after] = [
          result.subarray(0, place),
          result.subarray(place, place + span),
          result.subarray(place + span),
        ]
        if (kind === 'cut') result = Buffer.concat([before, after])
        else if (kind === 'double') result = Buffer.concat([before, middle, middle, after])
        else if (kind === 'length')
          result = Buffer.concat([before, Buffer.of(0x30, 0x80), middle, Buffer.of(0, 0), after])
        else result = Buffer.concat([before, Buffer.of(value), result.subarray(place + 1)])
      }
      return Uint8Array.from(result)
    })
  const noise = fc.array(likely, { maxLength: 200 }).map((octets) => Uint8Array.from(octets))
  return fc.oneof({ arbitrary: changed, weight: 4 }, { arbitrary: noise, weight: 1 })
}
