import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { readPrivateFile } from './master-key.ts'

describe('a file with a secret', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-private-'))
  })
  afterEach(() => vi.unstubAllEnvs())
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const read = async (mode: number) => {
    const file = join(folder, mode.toString(8))
    await writeFile(file, 'secret')
    await chmod(file, mode)
    return readPrivateFile(file, '--master-key')
  }

  it('is read where only its owner may', async () => {
    expect(await read(0o400)).toBe('secret')
    await expect(read(0o440)).rejects.toThrow('others may read it (mode 0440)')
    await expect(read(0o604)).rejects.toThrow('others may read it (mode 0604)')
  })

  it('may be readable for a group where systemd hands it over, for so it shows that the service may', async () => {
    vi.stubEnv('CREDENTIALS_DIRECTORY', `${folder}/`)
    expect(await read(0o440)).toBe('secret')
    await expect(read(0o460)).rejects.toThrow('others may read it')
    await expect(read(0o444)).rejects.toThrow('others may read it')
    vi.stubEnv('CREDENTIALS_DIRECTORY', join(folder, 'elsewhere'))
    await expect(read(0o440)).rejects.toThrow('others may read it')
  })
})
