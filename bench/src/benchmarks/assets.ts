import { createHash, randomBytes } from 'node:crypto'
import { Agent } from 'node:http'
import { createMdmSignature } from '@edict/pki'
import type { Bench, Benchmark } from '../benchmark.ts'
import type { DatabaseName } from '../database-name.ts'
import { openFleet } from '../fleet/fleet.ts'
import { proveFleet } from '../fleet/prove-fleet.ts'
import { admin, handIn } from '../load/admin.ts'
import { download } from '../load/download.ts'
import { figure, onDatabases } from '../on-databases.ts'
import type { ServerProcess } from '../processes/child.ts'
import { interleaved } from '../rounds.ts'

const CONNECTIONS = 32
const DEVICES = 10_000
const MEBIBYTE = 1024 * 1024
/** Milliseconds between looks at the memory. */
const LOOK = 100

/** Octets; of the large one a tenth of the devices say as much. */
const sizes = { '64 KiB': MEBIBYTE / 16, '1 MiB': MEBIBYTE } as const
const shares = { '64 KiB': 1, '1 MiB': 0.1 } as const
type Size = keyof typeof sizes
const labels = Object.keys(sizes) as Size[]

/** Devices that have never come before, each with a certificate of its own, fetch one asset each: all of it, or nothing is measured. */
export const assets: Benchmark = {
  name: 'assets',
  title: 'What it costs to send one hosted asset to ten thousand devices, each by its own certificate',
  run: async (bench) => {
    const devices = bench.quick ? 1_000 : DEVICES
    const hosts = await onDatabases((name) => host(bench, name, devices))
    const subjects = Object.fromEntries(
      Object.entries(hosts).flatMap(([name, { server, asked }]) =>
        labels.map((size) => [`${name} ${size}`, () => fetched(server, asked[size])] as const),
      ),
    )
    const measured = await interleaved(bench, subjects, bench.quick ? 1 : 3)
    for (const { close } of Object.values(hosts)) await close()
    return labels.flatMap((size) => {
      const of = (name: DatabaseName) => measured[`${name} ${size}`] ?? nothing
      const both = { sqlite: of('sqlite'), postgres: of('postgres') }
      const mebibytes = sizes[size] / MEBIBYTE
      return [
        figure(`${size}: downloads per second of server CPU`, 'a second', both, ({ cpu }) => 1000 / cpu),
        figure(`${size}: CPU of the server per download`, 'ms', both, ({ cpu }) => cpu),
        figure(`${size}: downloads per second, by the clock`, 'a second', both, ({ wall }) => 1000 / wall),
        figure(`${size}: the same, of octets`, 'MiB a second', both, ({ wall }) => (1000 * mebibytes) / wall),
        figure(`${size}: most memory of the server`, 'MiB', both, ({ most }) => most),
        figure(`${size}: of it beyond what it had before`, 'MiB', both, ({ most, before }) => most - before),
      ]
    })
  },
}

const nothing = { cpu: Number.NaN, wall: Number.NaN, most: Number.NaN, before: Number.NaN }

interface Asked {
  readonly url: string
  readonly sha256: string
  /** `Mdm-Signature` of each device that fetches it. */
  readonly signatures: readonly string[]
}

/** A fleet whose devices are to have the assets, and the server that sends them. */
async function host(bench: Bench, name: DatabaseName, devices: number) {
  // What a declaration says where content is begins with https; devices are sent to the server itself here.
  const options = { url: 'https://mdm.example.org', content: await bench.databases.file(`${name}-content`) }
  const fleet = await openFleet(bench, name, devices, options)
  const octets = new Map(labels.map((size) => [size, new Uint8Array(randomBytes(sizes[size]))]))
  for (const [size, whole] of octets) await handIn(fleet.server.url, nameOf(size), whole)
  await declare(fleet.server.url)
  bench.say(`${devices} certificates on ${name}`)
  const { server, identities } = await proveFleet(bench, fleet, name, options)
  const now = Date.now()
  const signatures = identities.map((by) => createMdmSignature(new Uint8Array(), by, now))
  const asked = Object.fromEntries(
    [...octets].map(([size, whole]): [Size, Asked] => {
      const sha256 = createHash('sha256').update(whole).digest('hex')
      const url = `${server.url}/content/${sha256}/${nameOf(size)}`
      return [size, { url, sha256, signatures: signatures.slice(0, signatures.length * shares[size]) }]
    }),
  ) as Record<Size, Asked>
  const close = async () => {
    await server.stop()
    await fleet.close()
  }
  return { server, asked, close }
}

function nameOf(size: Size): string {
  return size.replace(' ', '-')
}

/** The assets join what all devices have. */
async function declare(url: string): Promise<void> {
  const { declarations } = (await admin(url, 'GET', 'sets/fleet')) as { readonly declarations: readonly string[] }
  const added: string[] = []
  for (const size of labels) {
    const asset = `com.example.bench.asset.${nameOf(size)}`
    const written = {
      [asset]: { Type: 'com.apple.asset.data', Payload: { Reference: { $content: nameOf(size) } } },
      [`${asset}.test`]: {
        Type: 'com.apple.configuration.management.test',
        Payload: { Echo: size, EchoDataAssetReference: asset },
      },
      [`${asset}.on`]: {
        Type: 'com.apple.activation.simple',
        Payload: { StandardConfigurations: [`${asset}.test`] },
      },
    }
    for (const [identifier, one] of Object.entries(written)) await admin(url, 'PUT', `declarations/${identifier}`, one)
    added.push(...Object.keys(written))
  }
  await admin(url, 'PUT', 'sets/fleet', { declarations: [...declarations, ...added] })
}

/** Milliseconds per download, and MiB of memory. @throws when a device does not get all of it */
async function fetched(server: ServerProcess, { url, sha256, signatures }: Asked) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const { cpu, rss } = await server.usage({ collect: true })
  let most = rss
  const look = setInterval(async () => {
    most = Math.max(most, (await server.usage()).rss)
  }, LOOK)
  const queue = signatures.values()
  const start = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (const signature of queue) {
        const got = await download(url, { 'mdm-signature': signature }, agent)
        if (got.status !== 200 || got.sha256 !== sha256)
          throw new Error(`Cannot measure: a download had status ${got.status} and ${got.size} octets`)
      }
    }),
  )
  const wall = performance.now() - start
  clearInterval(look)
  const after = await server.usage()
  agent.destroy()
  return {
    cpu: (after.cpu - cpu) / signatures.length,
    wall: wall / signatures.length,
    most: Math.max(most, after.rss) / MEBIBYTE,
    before: rss / MEBIBYTE,
  }
}
