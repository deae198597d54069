import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { type Examination, examine, openLine } from '@edict/cli'
import { encodeCommand } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { signed, type TestAuthority, testAuthority } from '../harness/identities.ts'
import { freePort } from '../harness/tls-ground.ts'
import { isInstalled } from './is-installed.ts'

/** A server that others wrote: NanoMDM 0.9.0, which hands declarative management to KMFDDM 0.8.3. */
describe.skipIf(!isInstalled('nanomdm') || !isInstalled('kmfddm'))('edict conformance of NanoMDM with KMFDDM', () => {
  let authority: TestAuthority
  let nano: string
  let kmf: string
  const stops: (() => void)[] = []
  const start = (program: string, args: readonly string[]) => {
    const child = spawn(program, [...args, '-storage', 'inmem', '-storage-dsn', 'none'], { stdio: 'ignore' })
    stops.push(() => void child.kill())
  }
  const put = async (url: string, user: string, body: string | Uint8Array = '') => {
    const headers = { authorization: `Basic ${Buffer.from(user).toString('base64')}` }
    const answer = await fetch(url, { method: 'PUT', headers, body })
    if (!answer.ok) throw new Error(`${url} was answered ${answer.status}: ${await answer.text()}`)
  }
  const declare = (Identifier: string, written: object) =>
    put(`${kmf}/v1/declarations`, 'kmfddm:kmf', JSON.stringify({ Identifier, ...written }))

  beforeAll(async () => {
    authority = await testAuthority('conformance')
    const [nanoAt, kmfAt] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`]
    nano = `http://${nanoAt}`
    kmf = `http://${kmfAt}`
    start('nanomdm', ['-ca', authority.file, '-api', 'nano', '-listen', nanoAt, '-dm', `${kmf}/`])
    start('kmfddm', ['-api', 'kmf', '-listen', kmfAt, '-enqueue', `${nano}/v1/enqueue/`, '-enqueue-key', 'nano'])
    for (const url of [nano, kmf])
      await eventually(`${url} answers`, () =>
        fetch(`${url}/version`).then(
          ({ ok }) => ok,
          () => false,
        ),
      )
    await declare('examined.test', testConfiguration('one'))
    await declare('examined.on', activation(['examined.test']))
    for (const name of ['examined.test', 'examined.on'])
      await put(`${kmf}/v1/set-declarations/examined?declaration=${name}`, 'kmfddm:kmf')
    await put(`${kmf}/v1/enrollment-sets/EXAMINED?set=examined`, 'kmfddm:kmf')
  })
  afterAll(async () => {
    for (const stop of stops) stop()
    await authority.remove()
  })

  async function examined(examination: Examination) {
    const identity = await authority.issue('EXAMINED')
    const url = `${nano}/mdm`
    const tls = { authorities: [] }
    const seal = (body: Uint8Array) => ({ url, signature: String(signed(body, identity)['mdm-signature']), tls })
    const topic = 'com.apple.mgmt.External.examined'
    const who = { keys: { UDID: 'EXAMINED' }, topic, checkInUrl: url, connectUrl: url, seal, proven: true }
    const line = openLine(20_000)
    const change = () => declare('examined.test', testConfiguration(randomUUID()))
    try {
      return await examine({ who, line, wait: 5000, change }, examination)
    } finally {
      line.close()
    }
  }

  it('needs nothing of Edict on the other side, and finds what the documentation tells', async () => {
    let isOffered = false
    /** Authenticate empties its queue; whoever runs it fills it afterwards. */
    const begins: Examination['begins'] = async ({ group }) => {
      if (isOffered || group !== 'enrollment') return
      isOffered = true
      const command = { CommandUUID: randomUUID(), Command: { RequestType: 'DeclarativeManagement' } }
      await put(`${nano}/v1/enqueue/EXAMINED?nopush=1`, 'nanomdm:nano', encodeCommand(command))
    }
    const results = await examined({ begins })
    const found = results.filter(({ outcome }) => outcome !== 'pass').map(({ code, outcome }) => [code, outcome])
    // Its token follows the order of a map: sometimes they agree.
    const constant = found.filter(
      ([code]) => !['tokens-stable', 'manifest-token', 'manifest-stable'].includes(code ?? ''),
    )
    expect(constant).toEqual([
      ['unknown-identifier', 'fail'],
      ['other-kind', 'fail'],
      ['unknown-kind', 'warn'],
      ['odd-identifiers', 'fail'],
      ['status-unreadable', 'fail'],
      ['identity-mismatch', 'warn'],
      ['change-served', 'fail'],
    ])
  })
})
