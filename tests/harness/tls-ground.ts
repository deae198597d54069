import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { createSelfSigned, encodePem, newPrivateKey } from '@edict/pki'

/** A TLS listener that this process trusts, by a name that devices reach it by. */
export interface TlsGround {
  /** Options of the server. */
  readonly options: Readonly<Record<string, string>>
  readonly url: string
  remove(): Promise<void>
}

export async function tlsGround(): Promise<TlsGround> {
  const { cert, key } = await trustedLocalhost()
  const folder = await mkdtemp(join(tmpdir(), 'edict-ground-'))
  const [tlsCert, tlsKey] = [join(folder, 'server.pem'), join(folder, 'server.key')]
  await writeFile(tlsCert, cert)
  await writeFile(tlsKey, key, { mode: 0o600 })
  const url = `https://localhost:${await freePort()}`
  return {
    options: { tlsCert, tlsKey, url, listen: new URL(url).host },
    url,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A certificate for localhost that this process trusts, and its key. One for the process: of two of one name OpenSSL looks at the first. */
export function trustedLocalhost(): ReturnType<typeof trusted> {
  shown ??= trusted()
  return shown
}
let shown: ReturnType<typeof trusted> | undefined

async function trusted() {
  const name = [{ type: 'CN', value: 'localhost' }] as const
  const { certificate, privateKey } = await createSelfSigned(name, await newPrivateKey('p-256'), Date.now())
  const cert = encodePem(certificate.der, 'CERTIFICATE')
  setDefaultCACertificates([...getCACertificates('default'), cert])
  return { cert, key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) }
}

/** A port that nobody listens on: the address stands in profiles before the server is there. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('Cannot find a free port')
  return address.port
}
