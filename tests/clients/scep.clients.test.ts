import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Certificate, decodePem, readCertificate, verifyChain } from '@edict/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases } from '../harness/databases.ts'
import { openWorld, type World } from '../harness/world.ts'
import { isInstalled } from './is-installed.ts'

const run = promisify(execFile)

/** Clients that others wrote: Debian's packages `scep` and `strongswan-pki` (with `libstrongswan-extra-plugins`, for HTTP). */
describe.skipIf(!isInstalled('scepclient') || !isInstalled('pki')).each(databases)(
  'SCEP by clients of others on %s',
  (database) => {
    let world: World
    let folder: string
    let url: string
    beforeAll(async () => {
      world = await openWorld(database, { options: { lenientScep: true } })
      folder = await mkdtemp(join(tmpdir(), 'edict-clients-'))
      url = `${world.url}/scep`
    })
    afterAll(async () => {
      await world.close()
      await rm(folder, { recursive: true, force: true })
    })

    const challengeFor = async (enrollment: string) =>
      (await world.admin('create-challenge', { body: { enrollment } })).challenge
    const certificateIn = async (file: string): Promise<Certificate> => {
      const [der] = decodePem(await readFile(file, 'utf8'), 'CERTIFICATE')
      if (der === undefined) throw new Error(`no certificate in ${file}`)
      return readCertificate(der)
    }
    const mustBeFor = async (certificate: Certificate, enrollment: string) => {
      verifyChain(certificate, { roots: await world.server.services.trust.anchors(), now: Date.now() })
      expect(await world.server.services.store.read.certificate(certificate.fingerprint)).toMatchObject({ enrollment })
    }

    describe('scepclient', () => {
      /** It keeps its request beside its key, so each try has a folder of its own. */
      const enroll = async (name: string, challenge: string): Promise<Certificate> => {
        const own = await mkdtemp(join(folder, `${name}-`))
        const file = join(own, 'client.pem')
        await run('scepclient', [
          ...['-server-url', url, '-challenge', challenge, '-cn', name, '-keySize', '2048'],
          ...['-private-key', join(own, 'client.key'), '-certificate', file],
        ])
        return certificateIn(file)
      }

      it('enrolls with a challenge, once', async () => {
        const challenge = await challengeFor('CLIENT-1')
        await mustBeFor(await enroll('one', challenge), 'CLIENT-1')
        await expect(enroll('two', challenge)).rejects.toMatchObject({ stdout: expect.stringContaining('badRequest') })
      })

      it('is refused with a challenge that nobody made', async () => {
        await expect(enroll('three', 'guess')).rejects.toMatchObject({ stdout: expect.stringContaining('badRequest') })
      })
    })

    describe('strongSwan', () => {
      const pki = (args: readonly string[]) => run('pki', [...args], { encoding: 'buffer' })
      const newKey = async (name: string): Promise<string> => {
        const file = join(folder, `${name}.key`)
        await writeFile(file, (await pki(['--gen', '--type', 'rsa', '--size', '2048', '--outform', 'pem'])).stdout)
        return file
      }
      const authority = async (): Promise<string> => {
        const file = join(folder, 'ca.der')
        await pki(['--scepca', '--url', url, '--caout', file, '--force'])
        return file
      }
      const ask = async (name: string, more: readonly string[]): Promise<Certificate> => {
        const [key, ca] = [await newKey(name), await authority()]
        const { stdout } = await pki([
          ...['--scep', '--url', url, '--in', key, '--dn', `CN=${name}`, '--outform', 'pem'],
          ...['--cacert-enc', ca, '--cacert-sig', ca, ...more],
        ])
        const file = join(folder, `${name}.pem`)
        await writeFile(file, stdout)
        return certificateIn(file)
      }
      const refused = (reason: string) => ({ stderr: expect.toSatisfy((said: Buffer) => said.includes(reason)) })

      it('takes the authority, and enrolls with a challenge, once', async () => {
        const shown = readCertificate(await readFile(await authority()))
        expect(shown.fingerprint).toBe((await world.admin('list-authorities')).items[0]?.fingerprint)
        const password = ['--password', await challengeFor('CLIENT-2')]
        await mustBeFor(await ask('four', password), 'CLIENT-2')
        await expect(ask('five', password)).rejects.toMatchObject(refused('badRequest'))
        await expect(ask('six', ['--password', 'guess'])).rejects.toMatchObject(refused('badRequest'))
      })

      it('renews under the old certificate, once it is that of a device', async () => {
        const certificate = await ask('old', ['--password', await challengeFor('CLIENT-3')])
        const old = ['--cert', join(folder, 'old.pem'), '--key', join(folder, 'old.key')]
        await expect(ask('early', old)).rejects.toMatchObject(refused('badCertId'))
        const pin = { fingerprint: certificate.fingerprint, enrollment: 'CLIENT-3', state: 'current' as const }
        const dates = { pinnedAt: Date.now(), notAfter: certificate.notAfter, revokedAt: null, why: null }
        await world.server.services.store.transaction((tx) => tx.addPin({ ...pin, ...dates }))
        const renewed = await ask('new', old)
        expect(renewed.fingerprint).not.toBe(certificate.fingerprint)
        await mustBeFor(renewed, 'CLIENT-3')
      })
    })
  },
)
