import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSelfSigned, encodePem, newPrivateKey } from '@edict/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../config.ts'
import { readTls } from './read-tls.ts'

describe('the certificate and key to listen with', () => {
  let folder: string
  const file = (name: string) => join(folder, name)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-tls-'))
    for (const name of ['one', 'other']) {
      const privateKey = await newPrivateKey('p-256')
      const { certificate } = await createSelfSigned([{ type: 'CN', value: name }], privateKey, Date.now())
      await writeFile(file(`${name}.pem`), encodePem(certificate.der, 'CERTIFICATE'))
      await writeFile(file(`${name}.key`), privateKey.export({ type: 'pkcs8', format: 'pem' }))
    }
    await writeFile(file('empty'), '')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('are read where they fit', async () => {
    const { cert } = await readTls({ cert: file('one.pem'), key: file('one.key') })
    expect(cert.toString()).toContain('BEGIN CERTIFICATE')
  })

  it.each([
    ['of another pair', 'one.pem', 'other.key'],
    ['that is empty', 'one.pem', 'empty'],
    ['that is a certificate', 'one.pem', 'one.pem'],
    ['that is not there', 'one.pem', 'nowhere'],
  ])('cannot be used with a key %s', async (_, cert, key) => {
    const reading = readTls({ cert: file(cert), key: file(key) })
    await expect(reading).rejects.toThrow(ConfigError)
    await expect(reading).rejects.toThrow(/Cannot (use|read)/)
  })

  it('are not told in the refusal', async () => {
    await expect(readTls({ cert: file('one.pem'), key: file('other.key') })).rejects.not.toThrow(/BEGIN/)
  })
})
