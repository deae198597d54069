import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBase64, type KeyPair } from '@edict/pki'
import { httpTransport, invitedProfile } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passcodePolicy } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { tlsClient } from '../harness/identities.ts'
import { identityFor } from '../harness/proof-by-hand.ts'
import { authenticate, everyMessage, outcome, say, tokens, updateToken } from '../harness/speaker.ts'
import { type TlsGround, tlsGround } from '../harness/tls-ground.ts'
import { openWorld, type World } from '../harness/world.ts'
import { isInstalled } from './is-installed.ts'

const PAGE = join(import.meta.dirname, '../../docs/operate/proxies.md')

/** What of a configuration is not the same everywhere, and how its proxy is started with it. */
interface Proxy {
  readonly header: 'ssl-client-escaped-cert' | 'client-cert'
  fitted(text: string, here: Here): string
  command(file: string, folder: string): readonly string[]
}

interface Here {
  readonly port: string
  readonly cert: string
  readonly key: string
  readonly server: string
}

const proxies: Readonly<Record<string, Proxy>> = {
  nginx: {
    header: 'ssl-client-escaped-cert',
    fitted: (text, { port, cert, key, server }) =>
      `daemon off; pid nginx.pid; error_log stderr; events {}\nhttp { access_log off;\n${replaced(text, {
        'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
        'mdm.example.com;': 'localhost;',
        '/etc/letsencrypt/live/mdm.example.com/fullchain.pem': cert,
        '/etc/letsencrypt/live/mdm.example.com/privkey.pem': key,
        '127.0.0.1:8080': server,
      })}}`,
    command: (file, folder) => ['nginx', '-p', folder, '-c', file],
  },
  caddy: {
    header: 'client-cert',
    fitted: (text, { port, cert, key, server }) =>
      `{\n admin off\n skip_install_trust\n auto_https disable_redirects\n log {\n level ERROR\n }\n}\n${replaced(
        text,
        {
          'mdm.example.com {': `https://localhost:${port} {\n bind 127.0.0.1`,
          'tls {': `tls ${cert} ${key} {`,
          '127.0.0.1:8080': server,
        },
      )}`,
    command: (file) => ['caddy', 'run', '--adapter', 'caddyfile', '--config', file],
  },
}

describe.each(Object.keys(proxies).filter(isInstalled))('%s before Edict, as the guide configures it', (name) => {
  const { header, fitted, command } = proxies[name] as Proxy
  let folder: string
  let ground: TlsGround
  let world: World
  let proxy: ChildProcess
  let ann: KeyPair
  const annKeys = { UDID: 'PROXIED-ANN' }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), `edict-${name}-`))
    ground = await tlsGround()
    const options = { url: ground.url, proxyHeader: header, trustedProxy: '127.0.0.1' }
    world = await openWorld('sqlite', { insecureDevices: false, options })
    const { tlsCert = '', tlsKey = '' } = ground.options
    const here = { port: new URL(ground.url).port, cert: tlsCert, key: tlsKey, server: new URL(world.url).host }
    const [, block = ''] = new RegExp(`\`\`\`${name}\\n([^]*?)\`\`\``).exec(await readFile(PAGE, 'utf8')) ?? []
    const file = join(folder, 'proxy.conf')
    await writeFile(file, fitted(block, here))
    await mkdir(join(folder, 'logs'))
    const [program = '', ...args] = command(file, folder)
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
    proxy = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    await eventually(`${name} answers`, () => answers(ground.url))
    ann = await identityFor('PROXIED-ANN', world.admin, world.server)
  })
  afterAll(async () => {
    const gone = new Promise((resolve) => proxy.once('exit', resolve))
    proxy.kill()
    await gone
    await world.close()
    await ground.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it('lets a device enroll by an invitation, and gives it what it should have', async () => {
    const device = world.make({ kind: 'ipad', transport: httpTransport(ground.url) })
    const { link } = await world.admin('create-invitation', { body: {} })
    expect(link).toContain(ground.url)
    await device.enroll(await invitedProfile(link))
    await putSet(world.admin, 'base', { passcode: passcodePolicy(6) })
    await giveSet(world.admin, 'base', device.id)
    await world.inSync(device)
  })

  it('tells of the certificate that a device shows, for those that do not sign', async () => {
    const as = (message: Parameters<typeof say>[2], more: Parameters<typeof say>[3] = {}) =>
      say(ground.url, annKeys, message, { tls: tlsClient(ann), ...more }).then(outcome)
    expect(await as(authenticate(annKeys))).toBe('accepted')
    expect(await as(updateToken(annKeys))).toBe('accepted')
    const bob = await identityFor('PROXIED-BOB', world.admin, world.server)
    for (const message of everyMessage(annKeys))
      expect(await as(message, { tls: tlsClient(bob) })).toMatch(/^identity-/)
    expect(await as(tokens(annKeys))).toBe('accepted')
  })

  it('lets nobody tell of a certificate himself', async () => {
    const told = {
      'ssl-client-escaped-cert': encodeURIComponent(ann.certificate.x509.toString()),
      'client-cert': `:${encodeBase64(ann.certificate.der)}:`,
    }
    const headers = { [header]: told[header] }
    const forged = (tls: ReturnType<typeof tlsClient> | object = {}) =>
      say(ground.url, annKeys, tokens(annKeys), { headers, tls }).then(outcome)
    expect(await forged()).toBe('identity-unproved')
    const bob = await identityFor('PROXIED-EVE', world.admin, world.server)
    expect(await forged(tlsClient(bob))).toMatch(/^identity-(mismatch|unpinned)$/)
  })
})

/** Every place has to be there, so that the page and this test do not part. */
function replaced(text: string, places: Readonly<Record<string, string>>): string {
  return Object.entries(places).reduce((now, [from, to]) => {
    if (!now.includes(from)) throw new Error(`Cannot find "${from}" in the configuration of the guide`)
    return now.replaceAll(from, to)
  }, text)
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(`${url}/healthz`, { rejectUnauthorized: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    }).on('error', () => resolve(false))
  })
}
