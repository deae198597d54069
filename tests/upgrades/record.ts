import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { encodeBase64 } from '@edict/pki'
import { activation, passcodePolicy } from '../harness/declarations.ts'
import { putSet } from '../harness/give.ts'
import { identityOf } from '../harness/proof-by-hand.ts'
import { openWorld } from '../harness/world.ts'
import type { Recorded, Value } from './recorded.ts'

/**
 * `node tests/upgrades/record.ts` writes down a database of this very version, in a folder named after its last migration: the schema
 * of both databases, every row, and what a device of it has. A released version is recorded once, and never changed.
 */
const schemas = join(import.meta.dirname, '../../packages/store/schema')

const world = await openWorld('sqlite', { insecureDevices: false })
const { admin } = world
const device = world.make({ kind: 'ipad', seed: 'recorded' })
const { invitedProfile } = await import('@edict/simulator')
await device.enroll(await invitedProfile((await admin('create-invitation', { body: {} })).link))
await putSet(admin, 'base', { passcode: passcodePolicy(6), 'passcode.on': activation(['passcode']) })
await admin('put-group', { params: { name: 'class' }, body: { enrollments: [device.id] } })
await admin('put-group-set', { params: { name: 'class', set: 'base' }, body: {} })
await admin('put-properties', { params: { id: device.id }, body: { room: '12' } })
await world.inSync(device)
const { link } = await admin('create-invitation', { body: { lifetime: 86_400 } })
const { collected } = await admin('get-enrollment', { params: { id: device.id } })
const { certificate, privateKey } = identityOf(device)
await world.stop()

const database = new DatabaseSync(join(world.database, 'edict.db'), { readOnly: true })
const tables = database
  .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`)
  .all()
  .map(({ name }) => String(name))
const rows = Object.fromEntries(
  tables.map((table) => [table, database.prepare(`select * from "${table}"`).all().map(written)] as const),
)
database.close()
const recorded: Recorded = {
  at: Date.now(),
  device: {
    id: device.id,
    certificate: encodeBase64(certificate.der),
    privateKey: encodeBase64(privateKey.export({ type: 'pkcs8', format: 'der' })),
    collected,
  },
  invitation: new URL(link).pathname,
  rows,
}
const last =
  (recorded.rows.schema_migrations ?? [])
    .map(({ name }) => String(name))
    .sort()
    .at(-1) ?? ''
const folder = join(import.meta.dirname, last)
await mkdir(folder)
for (const name of ['sqlite.sql', 'postgres.sql']) await cp(join(schemas, name), join(folder, name))
await writeFile(join(folder, 'recorded.json'), `${JSON.stringify(recorded, null, 1)}\n`)
await world.close().catch(() => undefined)
process.exit(0)

function written(row: Readonly<Record<string, unknown>>): Readonly<Record<string, Value>> {
  const text = (value: unknown): Value =>
    value instanceof Uint8Array ? { bytes: encodeBase64(value) } : (value as Value)
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, text(value)]))
}
