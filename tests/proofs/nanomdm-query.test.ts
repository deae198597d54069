import { readFile } from 'node:fs/promises'
import type { EndpointBody } from '@edict/api'
import { startPostgres } from '@edict/store/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestAuthority, testAuthority } from '../harness/identities.ts'
import { outcome, say, TOPIC, tokens } from '../harness/speaker.ts'
import { openWorld, type World } from '../harness/world.ts'

/** The columns that the query of docs/operate/migrate.md reads, as NanoMDM's PostgreSQL has them. */
const LAYOUT = `
  create table devices (id text primary key, serial_number text, authenticate text, token_update text, bootstrap_token_b64 text);
  create table users (id text, device_id text, user_short_name text, user_long_name text, primary key (id, device_id));
  create table enrollments (id text primary key, device_id text, user_id text, type text, topic text, push_magic text,
    token_hex text, enabled boolean);
  create table cert_auth_associations (id text, sha256 text, updated_at timestamp, primary key (id, sha256));`

const plist = (keys: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>${keys}</dict></plist>`

let world: World
let ca: TestAuthority
let client: pg.Client
beforeAll(async () => {
  ca = await testAuthority('Old CA')
  world = await openWorld('sqlite', { insecureDevices: false, options: { deviceCa: ca.file, topic: TOPIC } })
  client = new pg.Client({ connectionString: await (await startPostgres()).url('nanomdm') })
  await client.connect()
  await client.query(LAYOUT)
})
afterAll(async () => {
  await client.end()
  await world.close()
  await ca.remove()
})

it('the query for NanoMDM prints rows that are imported, and whose devices are believed', async () => {
  const [old, now, mine] = [await ca.issue('old'), await ca.issue('now'), await ca.issue('byod')]
  const authenticate = plist(
    '<key>ProductName</key>\n\t<string>iPad13,1</string><key>OSVersion</key><string>26.1</string>',
  )
  const unlock = Buffer.from('unlock it').toString('base64')
  const update = plist(`<key>UnlockToken</key>\n\t<data>\n\t${unlock}\n\t</data>`)
  await client.query(
    `insert into devices values ('IPAD', 'SERIAL', $1, $2, 'Ym9vdA=='), ('BYOD', null, $1, null, null), ('GONE', null, $1, null, null)`,
    [authenticate, update],
  )
  await client.query(`insert into users values ('IPAD:ada@school.example', 'IPAD', 'ada@school.example', 'Ada'),
    ('IPAD:U-1', 'IPAD', 'ben', null), ('BYOD:V-1', 'BYOD', null, null)`)
  const users = ['IPAD:ada@school.example', 'IPAD:U-1', 'BYOD:V-1']
  for (const [id, device, user, type, enabled] of [
    [users[0], 'IPAD', users[0], 'Shared iPad', true],
    [users[1], 'IPAD', users[1], 'User', true],
    ['IPAD', 'IPAD', null, 'Device', true],
    ['BYOD', 'BYOD', null, 'User Enrollment (Device)', true],
    [users[2], 'BYOD', users[2], 'User Enrollment', true],
    ['GONE', 'GONE', null, 'Device', false],
  ])
    await client.query(`insert into enrollments values ($1, $2, $3, $4, '${TOPIC}', 'magic', 'ab01', $5)`, [
      id,
      device,
      user,
      type,
      enabled,
    ])
  await client.query(
    `insert into cert_auth_associations values ('IPAD', $1, '2025-01-01'), ('IPAD', $2, '2026-01-01'), ('BYOD', $3, '2026-01-01')`,
    [old.certificate.fingerprint, now.certificate.fingerprint, mine.certificate.fingerprint],
  )

  const page = await readFile(new URL('../../docs/operate/migrate.md', import.meta.url), 'utf8')
  const query = /```sql\n(select json_strip_nulls[^`]*)```/.exec(page)?.[1] ?? ''
  const { rows } = await client.query<{ json_strip_nulls: object }>(query)
  const said = rows.map(({ json_strip_nulls: row }) => row) as EndpointBody<'import-enrollments'>['rows']
  expect(said[2]).toMatchObject({ UDID: 'IPAD', ProductName: 'iPad13,1', OSVersion: '26.1', SerialNumber: 'SERIAL' })
  const { items } = await world.admin('import-enrollments', { body: { rows: said } })
  expect(items.map(({ enrollment, result, detail }) => [enrollment, detail ?? result])).toEqual([
    ['BYOD', 'imported'],
    ['BYOD:V-1', 'imported'],
    ['IPAD', 'imported'],
    ['IPAD:U-1', 'imported'],
    ['IPAD:ada@school.example', 'imported'],
  ])
  const keys = { UDID: 'IPAD' }
  expect(outcome(await say(world.url, keys, tokens(keys), { by: old }))).toBe('identity-mismatch')
  expect(outcome(await say(world.url, keys, tokens(keys), { by: now }))).toBe('accepted')
  const byod = { EnrollmentID: 'BYOD', EnrollmentUserID: 'V-1' }
  expect(outcome(await say(world.url, byod, tokens(byod), { by: mine }))).toBe('accepted')
})
