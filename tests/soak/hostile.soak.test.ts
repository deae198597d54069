import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { ipad, type Wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const RUNS = 3_000

describe.each(databases)('hostile devices on %s', (database) => {
  let world: World
  let honest: Wire
  beforeAll(async () => {
    world = await openWorld(database)
    honest = ipad(world.url, 'HONEST')
    await honest.enroll()
    await honest.enable()
    await putSet(world.admin, 'honest', { 'honest.test': testConfiguration('honest') })
    await giveSet(world.admin, 'honest', honest.id)
  })
  afterAll(() => world.close())

  const put = async (path: string, body: Uint8Array | string) => {
    const headers = { 'content-type': 'application/x-apple-aspen-mdm-checkin' }
    const response = await fetch(`${world.url}${path}`, { method: 'PUT', headers, body })
    await response.arrayBuffer()
    return response.status
  }
  const unharmed = async () => {
    const { Declarations } = await honest.items()
    expect(Declarations.Configurations.map(({ Identifier }) => Identifier)).toContain('honest.test')
  }

  it('bytes of any kind are answered 400, and harm nobody', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/mdm/checkin', '/mdm/connect', '/mdm'),
        fc.uint8Array({ maxLength: 2_000 }),
        async (path, body) => {
          expect(await put(path, body)).toBe(400)
        },
      ),
      { numRuns: RUNS },
    )
    await unharmed()
  })

  it('a check-in with some bytes changed is answered 200, 400 or 404, never 5xx or 401', async () => {
    const message = Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>MessageType</key><string>DeclarativeManagement</string><key>UDID</key><string>IPAD-MUTANT</string><key>Endpoint</key><string>declaration/configuration/honest.test</string><key>Data</key><data>e30=</data></dict></plist>`,
    )
    const mutant = ipad(world.url, 'MUTANT')
    await mutant.enroll()
    const changes = fc.array(fc.tuple(fc.nat(message.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(changes, async (bytes) => {
        const changed = Buffer.from(message)
        for (const [at, value] of bytes) changed[at] = value
        expect([200, 400, 404]).toContain(await put('/mdm/checkin', changed))
      }),
      { numRuns: RUNS },
    )
    await unharmed()
  })

  it('any JSON as a status report is answered 200, and what is known stays readable', async () => {
    const reporter = ipad(world.url, 'REPORTER')
    await reporter.enroll()
    const names = fc.constantFrom(
      'management',
      'device',
      'mdm',
      'app',
      'declarations',
      'client-capabilities',
      'activations',
      '__proto__',
      'constructor',
    )
    const items = fc.dictionary(fc.oneof(names, fc.string({ maxLength: 20 })), fc.jsonValue({ maxDepth: 4 }), {
      maxKeys: 6,
    })
    await fc.assert(
      fc.asyncProperty(items, items, async (outer, inner) => {
        const body = JSON.stringify({ StatusItems: { ...outer, management: inner }, Errors: [] })
        expect((await reporter.reportRaw(body)).status).toBe(200)
      }),
      { numRuns: RUNS / 3 },
    )
    const { items: known } = await world.admin('get-status', { params: { id: reporter.id } })
    expect(Object.keys(known).length).toBeGreaterThan(0)
    await world.admin('get-conditions', { params: { id: reporter.id } })
    await reporter.tokens()
    await unharmed()
  })
})
