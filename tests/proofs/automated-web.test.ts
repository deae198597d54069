import type { AutomatedWebWay, Device, WebView } from '@edict/device'
import type { KeyPair } from '@edict/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppleAuthority, appleAuthority } from '../harness/apple-authority.ts'
import { databases } from '../harness/databases.ts'
import { deviceKeys } from '../harness/keys.ts'
import { openWorld, type World } from '../harness/world.ts'

const MINUTE = 60_000
const ada = { name: 'ada@school.example', password: 'correct horse battery' }
const DEVICE_INFO = 'x-apple-aspen-deviceinfo'

let apple: AppleAuthority
let identity: KeyPair
beforeAll(async () => {
  apple = await appleAuthority()
  identity = await apple.device()
})
afterAll(() => apple.remove())

/** What a web view makes of a response. */
async function answerOf(response: Response) {
  const body = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}

const stateIn = (page: string): string => /name="state" value="([^"]+)"/.exec(page)?.[1] ?? ''

describe.each(databases)('automated enrollment with a sign-in on %s', (database) => {
  let world: World
  let url: string
  let passed = 0
  beforeAll(async () => {
    const options = { machineInfoCa: apple.file, automatedSignIn: true }
    world = await openWorld(database, { insecureDevices: false, options, now: () => Date.now() + passed })
    url = `${world.url}/enroll/automated/web`
    await world.admin('add-account', { body: ada })
  })
  afterAll(() => world.close())

  const expected = async (): Promise<Device> => {
    const device = world.make({ kind: 'ipad', keys: deviceKeys, appleIdentity: identity })
    await world.admin('expect-devices', { body: { serials: [device.inspect().serialNumber ?? ''] } })
    return device
  }
  const submit = (state: string, { name, password } = ada) =>
    fetch(`${world.url}/sign-in`, { method: 'POST', body: new URLSearchParams({ state, account: name, password }) })
  /** Keeps no cookies, as web views of Setup Assistant may not. */
  const person =
    (who = ada): WebView =>
    async (page, headers) => {
      const first = await fetch(page, { headers })
      if (first.status !== 200) return answerOf(first)
      return answerOf(await submit(stateIn(await first.text()), who))
    }
  const way = (signIn: WebView = person()): AutomatedWebWay => ({ kind: 'automated-web', url, signIn })

  it('gives the profile to the web view of an expected device once somebody signed in', async () => {
    const device = await expected()
    await device.enroll(way())
    await world.inSync(device)
  })

  it('gives it to nobody who does not know the password, who is not expected, or who asks without the web view', async () => {
    const device = await expected()
    await expect(device.enroll(way(person({ ...ada, password: 'wrong horse' })))).rejects.toMatchObject({
      code: 'profile-refused',
      found: 403,
    })
    const direct = { kind: 'automated', url: `${world.url}/enroll/automated` } as const
    await expect(device.enroll(direct)).rejects.toMatchObject({ code: 'device-unexpected' })
    const stranger = world.make({ kind: 'ipad', keys: deviceKeys, appleIdentity: identity })
    await expect(stranger.enroll(way())).rejects.toMatchObject({ code: 'device-unexpected' })
  })

  it('needs to be told which device it is on the first load', async () => {
    expect((await fetch(url)).status).toBe(400)
    expect((await fetch(url, { headers: { [DEVICE_INFO]: 'no base64!' } })).status).toBe(400)
    const spoiled = Buffer.from('nothing that is signed').toString('base64')
    expect((await fetch(url, { headers: { [DEVICE_INFO]: spoiled } })).status).toBe(400)
  })

  it('is good once and for five minutes, and for a device that is expected still', async () => {
    const device = await expected()
    let page = ''
    const look: WebView = async (to, headers) => {
      const first = await fetch(to, { headers })
      page = await first.text()
      return null
    }
    const begin = async (): Promise<string> => {
      await device.enroll(way(look)).catch(() => undefined)
      return stateIn(page)
    }
    const once = await begin()
    const statuses = await Promise.all([submit(once), submit(once)])
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 400])
    const late = await begin()
    passed += 6 * MINUTE
    expect((await submit(late)).status).toBe(400)
    const forgotten = await begin()
    await world.admin('forget-devices', { body: { serials: [device.inspect().serialNumber ?? ''] } })
    const refused = await submit(forgotten)
    expect([refused.status, await refused.json()]).toEqual([
      403,
      expect.objectContaining({ code: 'com.apple.unrecognized.device' }),
    ])
  })
})
