import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type RunningServer, readConfig, startServer } from '@edict/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminOf, TOKEN } from '../harness/admin.ts'
import { authorityKey } from '../harness/keys.ts'
import { deviceKeys, issuedIn, scepClient } from '../harness/scep-client.ts'
import { wire } from '../harness/wire.ts'

describe('a backup', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-backup-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const start = (data: string): Promise<RunningServer> => {
    const config = readConfig({ listen: '127.0.0.1:0', data, insecureDevices: true }, TOKEN)
    return startServer(config, { log: pino({ level: 'silent' }), authorityKey })
  }

  it('that was made while the server ran is all that an empty folder needs: the database and the master key', async () => {
    const [old, restored] = [join(folder, 'old'), await mkdtemp(join(folder, 'restored-'))]
    const before = await start(old)
    const admin = adminOf(before.url)
    const keys = { UDID: 'IPAD-BACKUP' }
    const device = wire(before.url, { keys })
    await device.enroll()
    const push = { Topic: 'com.apple.mgmt.External.tests', Token: Buffer.from('push'), PushMagic: 'magic' }
    await device.send({ MessageType: 'TokenUpdate', ...keys, ...push, UnlockToken: Buffer.from('unlocks it') })
    await device.send({ MessageType: 'SetBootstrapToken', ...keys, BootstrapToken: Buffer.from('escrowed') })
    const [key] = await deviceKeys(1)
    if (key === undefined) throw new Error('no key')
    const { challenge } = await admin('create-challenge', { body: { enrollment: 'IPAD-BACKUP' } })
    const certificate = issuedIn(await (await scepClient(before.url)).enroll(key, challenge))
    const { items: authorities } = await admin('list-authorities')

    const copy = join(restored, 'edict.db')
    const running = new DatabaseSync(join(old, 'edict.db'))
    running.exec(`vacuum into '${copy}'`)
    running.close()
    await before.close()
    await rm(join(old, 'edict.db'))

    await expect(start(restored)).rejects.toThrow(/without the master key.*copy master\.key/)
    await copyFile(join(old, 'master.key'), join(restored, 'master.key'))
    const after = await start(restored)
    const again = adminOf(after.url)
    expect((await again('list-authorities')).items).toEqual(authorities)
    expect(await again('get-enrollment', { params: { id: 'IPAD-BACKUP' } })).toMatchObject({ id: 'IPAD-BACKUP' })
    // A challenge that was used stays used, and what it gave is given again.
    const client = await scepClient(after.url)
    expect(issuedIn(await client.enroll(key, challenge)).fingerprint).toBe(certificate.fingerprint)
    // What was escrowed opens, for the administrator and for the device.
    const { value } = await again('read-secret', { params: { id: keys.UDID, name: 'unlock-token' }, body: {} })
    expect(Buffer.from(value, 'base64').toString()).toBe('unlocks it')
    const given = await wire(after.url, { keys }).send({ MessageType: 'GetBootstrapToken', ...keys })
    expect(Buffer.from(given.body).toString()).toContain(Buffer.from('escrowed').toString('base64'))
    await after.close()
  })
})
