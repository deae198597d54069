import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority, encodePem } from '@edict/pki'
import { type RunningServer, readConfig, startServer } from '@edict/server'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOKEN } from '../harness/admin.ts'
import { databases, freshDatabase } from '../harness/databases.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'

const other = Buffer.from(MASTER_KEY, 'hex').reverse().toString('hex')

describe.each(databases)('what a server signs with, on %s', (kind) => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-trust-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  interface Start {
    readonly database: string
    readonly options?: Readonly<Record<string, string>>
    readonly masterKey?: string
  }
  const start = ({ database, options = {}, masterKey }: Start): Promise<RunningServer> => {
    const values = { listen: '127.0.0.1:0', database, data: join(folder, 'data'), ...options }
    return startServer(readConfig(values, TOKEN, masterKey), { log: pino({ level: 'silent' }), authorityKey })
  }
  const once = async (wish: Start): Promise<string> => {
    const server = await start(wish)
    const { certificate } = await server.services.trust.authority()
    await server.close()
    return certificate.fingerprint
  }

  it('is made at first start, and the same after a restart', async () => {
    const { database, remove } = await freshDatabase(kind)
    const options = { data: await mkdtemp(join(folder, 'node-')) }
    const made = await once({ database, options })
    const file = join(kind === 'sqlite' ? database : options.data, 'master.key')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await once({ database, options })).toBe(made)
    await remove()
  })

  it('is not to be had without the master key, and the refusal says what to copy', async () => {
    const { database, remove } = await freshDatabase(kind)
    const made = await once({ database, masterKey: MASTER_KEY })
    await expect(once({ database })).rejects.toThrow(/without the master key.*copy master\.key/)
    await expect(once({ database, masterKey: other })).rejects.toThrow(/does not fit this database.*copy master\.key/)
    const file = join(folder, `${kind}.key`)
    await writeFile(file, MASTER_KEY, { mode: 0o600 })
    expect(await once({ database, options: { masterKey: file } })).toBe(made)
    await remove()
  })

  it.runIf(kind === 'postgres')('is one for nodes that start together', async () => {
    const { database } = await freshDatabase(kind)
    const nodes = await Promise.all([1, 2, 3].map(() => once({ database, masterKey: MASTER_KEY })))
    expect(new Set(nodes).size).toBe(1)
  })

  it.runIf(kind === 'postgres')('is of the node that was first, where nodes bring different keys', async () => {
    const { database } = await freshDatabase(kind)
    const folders = await Promise.all([1, 2].map(() => mkdtemp(join(folder, 'own-'))))
    const tries = await Promise.allSettled(folders.map((data) => once({ database, options: { data } })))
    const failed = tries.flatMap(({ status }, index) => (status === 'rejected' ? [folders[index]] : []))
    expect(failed).toHaveLength(1)
    // A key that opens nothing would mislead.
    await expect(stat(join(failed[0] ?? '', 'master.key'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('lies sealed: the database and its files hold no private key', async () => {
    const { database, remove } = await freshDatabase(kind)
    const server = await start({ database, masterKey: MASTER_KEY })
    const [stored] = await server.services.store.read.authorities(Date.now())
    const { privateKey } = await server.services.trust.authority()
    const bare = privateKey.export({ type: 'pkcs8', format: 'der' })
    expect(Buffer.from(stored?.sealedKey ?? []).includes(bare.subarray(-64))).toBe(false)
    await server.close()
    if (kind === 'sqlite') expect((await readFile(join(database, 'edict.db'))).includes(bare.subarray(-64))).toBe(false)
    await remove()
  })

  it('counts beside external authorities, which are only trusted', async () => {
    const { database, remove } = await freshDatabase(kind)
    const name = [{ type: 'CN', value: 'External' }] as const
    const external = await createAuthority({ name, key: 'p-256', now: Date.now(), days: 10 })
    const deviceCa = join(folder, 'external.pem')
    await writeFile(deviceCa, encodePem(external.certificate.der, 'CERTIFICATE'))
    const server = await start({ database, masterKey: MASTER_KEY, options: { deviceCa } })
    const anchors = await server.services.trust.anchors()
    expect(anchors.map(({ fingerprint }) => fingerprint)).toContain(external.certificate.fingerprint)
    expect(anchors).toHaveLength(2)
    expect(await server.services.trust.anchors()).toBe(anchors)
    await server.close()
    await remove()
  })

  it('is refused from files that others may read, or that cannot be what they should be', async () => {
    const { database, remove } = await freshDatabase(kind)
    const [file, challenge] = [join(folder, 'open.key'), join(folder, 'challenge')]
    await writeFile(file, MASTER_KEY)
    await chmod(file, 0o640)
    await expect(once({ database, options: { masterKey: file } })).rejects.toThrow(/mode 0640.*chmod 600/)
    await chmod(file, 0o600)
    await writeFile(file, 'short')
    await expect(once({ database, options: { masterKey: file } })).rejects.toThrow(/Cannot read master key/)
    await expect(once({ database, options: { masterKey: join(folder, 'none') } })).rejects.toThrow(/no such file/)
    await expect(once({ database, masterKey: '00'.repeat(32) })).rejects.toThrow(/not random/)
    await writeFile(challenge, 'guessable', { mode: 0o600 })
    await expect(once({ database, masterKey: MASTER_KEY, options: { scepChallengeFile: challenge } })).rejects.toThrow(
      /expected 16 or more/,
    )
    await remove()
  })
})
