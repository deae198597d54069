import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, type TLSSocket } from 'node:tls'
import type { TlsTerms } from '@edict/device'
import { createAuthority, createSelfSigned, encodePem, type KeyPair, newPrivateKey } from '@edict/pki'
import { afterAll, describe, expect, it } from 'vitest'
import { httpTransport } from './http-transport.ts'
import { tlsAgent } from './tls-agent.ts'

const pem = ({ certificate, privateKey }: KeyPair) => ({
  certificate: encodePem(certificate.der, 'CERTIFICATE'),
  key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})
const name = (value: string) => [{ type: 'CN', value }] as const

const own = pem(await createSelfSigned(name('localhost'), await newPrivateKey('p-256'), Date.now()))
const device = pem(await createSelfSigned(name('iPad'), await newPrivateKey('rsa-2048'), Date.now()))
const other = await createAuthority({ name: name('Other'), key: 'p-256', now: Date.now(), days: 1 })

/** Says who the client was, and what it signed with. */
const server: Server = createServer(
  { cert: own.certificate, key: own.key, requestCert: true, rejectUnauthorized: false },
  (request, response) => {
    const client = (request.socket as TLSSocket).getPeerCertificate()
    const { CN = null } = client.subject ?? {}
    response.end(JSON.stringify({ CN, signature: request.headers['mdm-signature'] ?? null, method: request.method }))
  },
)
await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
const url = `https://localhost:${(server.address() as AddressInfo).port}`

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const terms: TlsTerms = { authorities: [own.certificate], identity: device }
const transport = httpTransport('http://127.0.0.1:1')
const said = (body: Uint8Array) => JSON.parse(new TextDecoder().decode(body)) as object

describe('a message of a device with an identity', () => {
  it('goes where the profile says, with its client certificate and its signature', async () => {
    const sealed = { url: `${url}/mdm/checkin`, signature: 'c2lnbmVk', tls: terms }
    const answer = await transport.checkIn(new Uint8Array([1]), sealed)
    expect(said(answer.body)).toEqual({ CN: 'iPad', signature: 'c2lnbmVk', method: 'PUT' })
  })

  it('shows each server the identity it belongs to, and not that of another device', async () => {
    const nobody: TlsTerms = { authorities: [own.certificate] }
    await transport.connect(new Uint8Array(), { url, tls: terms })
    const answer = await transport.connect(new Uint8Array(), { url, tls: nobody })
    expect(said(answer.body)).toEqual({ CN: null, signature: null, method: 'PUT' })
  })

  it('is not sent to a server that the profile does not trust', async () => {
    const strangers: TlsTerms = { authorities: [encodePem(other.certificate.der, 'CERTIFICATE')], identity: device }
    await expect(transport.checkIn(new Uint8Array(), { url, tls: strangers })).rejects.toMatchObject({
      code: 'unreachable',
    })
  })

  it('trusts nobody but those that are pinned, where some are', () => {
    const authorities = [own.certificate]
    expect(tlsAgent({ authorities, pinned: true }).options.ca).toEqual(authorities)
    expect(tlsAgent({ authorities }).options.ca).toHaveLength(getCACertificates('default').length + 1)
  })

  it('has SCEP by POST and GET go to a server that only the profile trusts', async () => {
    const bare: TlsTerms = { authorities: [own.certificate] }
    const post = { url: `${url}/scep`, type: 'application/x-pki-message', body: new Uint8Array([1]) }
    expect(said((await transport.post(post, bare)).body)).toMatchObject({ method: 'POST' })
    expect(said((await transport.fetch(`${url}/scep?operation=GetCACaps`, bare)).body)).toMatchObject({ method: 'GET' })
    await expect(transport.fetch(url)).rejects.toMatchObject({ code: 'unreachable' })
  })
})
