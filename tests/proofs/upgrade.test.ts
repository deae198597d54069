import { createPrivateKey } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readCertificate } from '@edict/pki'
import { type RunningServer, readConfig, startServer, sweep } from '@edict/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Admin, adminOf, TOKEN } from '../harness/admin.ts'
import { databases, freshDatabase } from '../harness/databases.ts'
import { testConfiguration } from '../harness/declarations.ts'
import { signed } from '../harness/identities.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { type Wire, wire } from '../harness/wire.ts'
import type { Recorded } from '../upgrades/recorded.ts'
import { restore } from '../upgrades/restore.ts'

const versions = readdirSync(join(import.meta.dirname, '../upgrades'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

describe.each(databases)('an upgrade on %s', (kind) => {
  describe.each(versions)('of a database at %s', (version) => {
    let fresh: Awaited<ReturnType<typeof freshDatabase>>
    let recorded: Recorded
    let server: RunningServer
    let admin: Admin
    let device: Wire
    beforeAll(async () => {
      fresh = await freshDatabase(kind)
      recorded = await restore(version, fresh.database)
      const config = readConfig({ listen: '127.0.0.1:0', database: fresh.database }, TOKEN, MASTER_KEY)
      const now = () => recorded.at + 60_000
      server = await startServer(config, { log: pino({ level: 'silent' }), authorityKey, now })
      admin = adminOf(server.url)
      const privateKey = Buffer.from(recorded.device.privateKey, 'base64')
      const identity = {
        certificate: readCertificate(Buffer.from(recorded.device.certificate, 'base64')),
        privateKey: createPrivateKey({ key: privateKey, type: 'pkcs8', format: 'der' }),
      }
      device = wire(server.url, { keys: { UDID: recorded.device.id }, prove: (body) => signed(body, identity) })
    })
    afterAll(async () => {
      await server.close()
      await fresh.remove()
    })

    it('leaves a device what it has: it is believed, and has nothing to collect', async () => {
      const enrollment = await admin('get-enrollment', { params: { id: device.id } })
      expect(enrollment).toMatchObject({ state: 'enrolled', enabled: true, behind: false })
      expect((await device.tokens()).DeclarationsToken).toBe(recorded.device.collected)
      expect(await device.connect()).toBeNull()
    })

    it('has stored what computing it anew gives', async () => {
      expect(await sweep(server.services)).toEqual([])
    })

    it('knows of a device what variables stand for, before anything is heard of it', async () => {
      const body = testConfiguration('$device.serial-number in $property.room')
      await admin('put-declaration', { params: { identifier: 'named' }, body })
      await admin('put-set', { params: { name: 'base' }, body: { declarations: ['passcode', 'passcode.on', 'named'] } })
      const { id } = device
      const { items } = await admin('explain-enrollment', { params: { id }, query: { declaration: 'named' } })
      const { serialNumber } = await admin('get-enrollment', { params: { id } })
      expect(serialNumber).toMatch(/./)
      expect(items[0]?.payload).toEqual({ Echo: `${serialNumber} in 12` })
      await admin('put-set', { params: { name: 'base' }, body: { declarations: ['passcode', 'passcode.on'] } })
      expect((await device.tokens()).DeclarationsToken).toBe(recorded.device.collected)
    })

    it('goes on with a change: the device is offered it and collects it', async () => {
      await admin('put-declaration', { params: { identifier: 'added' }, body: testConfiguration('after the upgrade') })
      await admin('put-set', { params: { name: 'base' }, body: { declarations: ['passcode', 'passcode.on', 'added'] } })
      await device.enable()
      const { Declarations } = await device.items()
      expect(Declarations.Configurations.map(({ Identifier }) => Identifier)).toEqual(
        expect.arrayContaining(['added', 'passcode']),
      )
    })

    it('keeps invitations that were made before', async () => {
      const profile = await fetch(`${server.url}${recorded.invitation}`, { method: 'POST' })
      expect(profile.status).toBe(200)
      expect((await admin('list-invitations')).items.map(({ state }) => state)).not.toContain('open')
    })
  })
})
