import { type Device, type DeviceKind, relatedKeys, systemClock } from '@edict/device'
import { createSelfSigned, createSignedData, newPrivateKey, verifySignedData } from '@edict/pki'
import { type CheckIn, decodePlist, encodeMachineInfo, isPlistDict, type PlistDict } from '@edict/protocol'
import { readConfig, startServer } from '@edict/server'
import { httpTransport, invitedProfile, simulate } from '@edict/simulator'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, type Person, person } from '../harness/account-person.ts'
import { adminOf, TOKEN } from '../harness/admin.ts'
import { databases, freshDatabase } from '../harness/databases.ts'
import { eventually } from '../harness/eventually.ts'
import { signed } from '../harness/identities.ts'
import { authorityKey, MASTER_KEY } from '../harness/keys.ts'
import { privateFile } from '../harness/private-file.ts'
import { identityFor, identityOf } from '../harness/proof-by-hand.ts'
import { sendRaw } from '../harness/raw.ts'
import { authenticate, everyMessage, outcome, say } from '../harness/speaker.ts'
import { wire } from '../harness/wire.ts'
import { openWorld, type World } from '../harness/world.ts'

const minute = 60_000
const day = 24 * 60 * minute
const keys = relatedKeys('account-driven')
const signer = await createSelfSigned([{ type: 'CN', value: 'iPhone16,1' }], await newPrivateKey('p-256'), Date.now())
/** What a person's iPhone says, and more than it should. */
const machine = createSignedData(
  encodeMachineInfo({
    PRODUCT: 'iPhone16,1',
    VERSION: '23E224',
    LANGUAGE: 'en',
    UDID: 'SECRET-UDID',
    SERIAL: 'SERIAL',
  }),
  { signer },
)
const PKCS7 = 'application/pkcs7-signature'
const FORM = 'application/x-www-form-urlencoded'

describe.each(databases)('account-driven enrollment on %s', (database) => {
  let world: World
  let ada: Person
  let lin: Person
  /** The clock only goes forward: what is due stays due. */
  let passed = 0
  const now = () => Date.now() + passed
  const clock = { now, schedule: (at: number, run: () => void) => systemClock.schedule(at - passed, run) }
  beforeAll(async () => {
    world = await openWorld(database, { insecureDevices: false, now, options: { accountDriven: 'byod,adde' } })
    ada = await person(world, 'ada@school.example')
    lin = await person(world, 'lin@school.example')
  })
  afterAll(() => world.close())

  const discover = (query: string, init: RequestInit = {}) =>
    fetch(`${world.url}/.well-known/com.apple.remotemanagement${query}`, init)
  const ask = (token?: string, mode = 'byod', body: Uint8Array | string = machine) =>
    fetch(`${world.url}/enroll/account/${mode}`, {
      method: 'POST',
      headers: { 'content-type': PKCS7, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      body,
    })
  const challengeFor = (mode: string) => `Bearer method="apple-as-web", url="${world.url}/sign-in/account/${mode}"`
  const enrolled = async (kind: DeviceKind, by: Person) => {
    const device = world.make({ kind, keys, clock })
    await device.enroll({ ...by.way })
    return device
  }
  /** The messages of a device, by hand: with its certificate and any token. */
  const speaking = (device: Device, token: string | undefined) => {
    const udid = device.id
    const by = identityOf(device)
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const own = device.inspect().serialNumber === null ? { EnrollmentID: udid } : { UDID: udid }
    return wire(world.url, { keys: own, prove: (body) => ({ ...signed(body, by), ...bearer }) })
  }
  const tokens = (device: Device, token: string | undefined) =>
    speaking(device, token).send({
      MessageType: 'DeclarativeManagement',
      ...(device.inspect().serialNumber === null ? { EnrollmentID: device.id } : { UDID: device.id }),
      Endpoint: { kind: 'tokens' },
    })
  const tokenOf = (device: Device) => (device.save().device as { account: { token: string } }).account.token
  const resource = (id: string) => world.admin('get-enrollment', { params: { id } })

  describe('discovery', () => {
    const known = '?user-identifier=ada%40school.example&model-family=iPhone'

    it('tells what is offered, the preferred first, and is kept by nobody', async () => {
      const answer = await discover(known)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('application/json')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await answer.json()).toEqual({
        Servers: [
          { Version: 'mdm-byod', BaseURL: `${world.url}/enroll/account/byod` },
          { Version: 'mdm-adde', BaseURL: `${world.url}/enroll/account/adde` },
        ],
      })
      expect((await discover(known, { method: 'HEAD' })).status).toBe(200)
    })

    it('tells the same of an account that does not exist, and of one with two @', async () => {
      const answers = await Promise.all(
        ['ada%40school.example', 'nobody%40nowhere.example', 'ada%40home%40school.example'].map(async (who) =>
          (await discover(`?user-identifier=${who}&model-family=iPad`)).text(),
        ),
      )
      expect(new Set(answers).size).toBe(1)
    })

    it.each([
      ['no identifier', '?model-family=iPhone'],
      ['an identifier without a domain', '?user-identifier=ada&model-family=iPhone'],
      ['two identifiers', '?user-identifier=a%40b&user-identifier=c%40d&model-family=iPhone'],
      ['no family', '?user-identifier=ada%40school.example'],
      ['a family that there is not', '?user-identifier=ada%40school.example&model-family=iPod'],
    ])('is refused as Apple says for %s', async (_, query) => {
      const answer = await discover(query)
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'com.apple.well-known.failed' })
      const plist = await discover(query, { headers: { accept: 'application/xml' } })
      expect([plist.status, plist.headers.get('content-type')]).toEqual([403, 'application/xml'])
      expect(await plist.text()).toContain('<string>com.apple.well-known.failed</string>')
    })
  })

  describe('the profile', () => {
    it('is not for who did not sign in: 401, and where to', async () => {
      for (const token of [undefined, 'x', 'x'.repeat(43), '"'.repeat(40)]) {
        const answer = await ask(token)
        expect(answer.status).toBe(401)
        expect(answer.headers.get('www-authenticate')).toBe(challengeFor('byod'))
      }
      expect((await ask(undefined, 'adde')).headers.get('www-authenticate')).toBe(challengeFor('adde'))
    })

    it('is given once for a token, also to many who ask at once', async () => {
      const token = await ada.token()
      const answers = await Promise.all(Array.from({ length: 5 }, () => ask(token)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
      for (const { status, headers } of answers)
        if (status === 401) expect(headers.get('www-authenticate')).toBe(challengeFor('byod'))
      expect((await ask(token)).status).toBe(401)
    })

    it('is not given after ten minutes, for the other mode, or when the account was signed out', async () => {
      const [late, other, out] = [await ada.token(), await ada.token(), await lin.token()]
      expect((await ask(other, 'adde')).status).toBe(401)
      await world.admin('sign-out-account', { params: { name: 'LIN@school.example' } })
      expect((await ask(out)).status).toBe(401)
      passed += 10 * minute
      expect((await ask(late)).status).toBe(401)
    })

    it('names the account and the mode, and asks a person’s own device for no rights and no bootstrap token', async () => {
      const byod = await mdmPayload(await ask(await ada.token()))
      expect(byod).toMatchObject({
        EnrollmentMode: 'BYOD',
        AssignedManagedAppleID: 'ada@school.example',
        ServerURL: `${world.url}/mdm/connect`,
        ServerCapabilities: ['com.apple.mdm.per-user-connections', 'com.apple.mdm.token'],
      })
      expect(byod).not.toHaveProperty('AccessRights')
      const adde = await mdmPayload(await ask(await ada.token('adde'), 'adde'))
      expect(adde).toMatchObject({
        EnrollmentMode: 'ADDE',
        AssignedManagedAppleID: 'ada@school.example',
        AccessRights: 8191,
      })
      expect(adde?.ServerCapabilities).toHaveLength(3)
    })

    it.each([
      ['nothing', '', 400],
      ['no signature', 'hello', 400],
      ['a property list that nobody signed', '<plist version="1.0"><dict/></plist>', 400],
      ['more than 64 KiB', 'x'.repeat(65_537), 413],
    ])('is not given for %s, and the token is still good', async (_, body, status) => {
      const token = await ada.token()
      expect((await ask(token, 'byod', body)).status).toBe(status)
      expect((await ask(token)).status).toBe(200)
    })

    it('is not given to who says that Apple stands behind it, when it does not', async () => {
      const name = [{ type: 'CN', value: 'Apple iPhone Device CA' }] as const
      const forged = await createSelfSigned(name, await newPrivateKey('p-256'), now())
      const body = createSignedData(encodeMachineInfo({ PRODUCT: 'iPhone16,1', VERSION: '23E224' }), { signer: forged })
      const answer = await ask(await ada.token(), 'byod', body)
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'chain-untrusted' }])
    })

    it('is of no mode that is not offered', async () => {
      expect([(await ask('x', 'other')).status, (await fetch(`${world.url}/sign-in/account/other`)).status]).toEqual([
        403, 404,
      ])
    })
  })

  describe('a device', () => {
    it.each([
      ['byod-iphone', 'byod'],
      ['byod-mac', 'byod'],
      ['ipad', 'adde'],
    ] as const)('of the kind %s enrolls by an account, and everything works', async (kind, mode) => {
      const device = await enrolled(kind, ada)
      await world.inSync(device)
      const enrollment = await resource(device.id)
      expect(enrollment.account).toEqual({
        name: 'ada@school.example',
        managedAppleAccount: 'ada@school.example',
        mode,
      })
      for (const { id } of device.channels().slice(1)) await world.inSync(device, id)
      const grant = JSON.stringify(await world.admin('list-audit'))
      expect(grant).not.toContain(tokenOf(device))
    })

    it('keeps nothing of what user enrollment forbids to tell', async () => {
      await ask(await ada.token())
      const all = await world.server.services.store.scan.channels(null, 100)
      expect(JSON.stringify(all)).not.toContain('SECRET-UDID')
    })

    it('without its token, with one of a stranger, of another account or of another device: 401, and where to sign in', async () => {
      const [device, other] = [await enrolled('byod-iphone', ada), await enrolled('byod-iphone', ada)]
      const bad = [undefined, 'x'.repeat(43), await lin.token(), await ada.token('adde'), tokenOf(other)]
      for (const token of bad) {
        const reply = await tokens(device, token)
        expect(reply.status).toBe(401)
        expect(reply.headers.get('www-authenticate')).toBe(challengeFor('byod'))
      }
      expect((await tokens(device, tokenOf(device))).status).toBe(200)
    })

    it('is not believed by a token without its certificate', async () => {
      const device = await enrolled('byod-iphone', ada)
      const other = await enrolled('byod-iphone', ada)
      const bare = wire(world.url, {
        keys: { EnrollmentID: device.id },
        prove: () => ({ authorization: `Bearer ${tokenOf(device)}` }),
      })
      const foreign = wire(world.url, {
        keys: { EnrollmentID: device.id },
        prove: (body) => ({ ...signed(body, identityOf(other)), authorization: `Bearer ${tokenOf(device)}` }),
      })
      for (const line of [bare, foreign]) {
        const reply = await line.send({
          MessageType: 'DeclarativeManagement',
          EnrollmentID: device.id,
          Endpoint: { kind: 'tokens' },
        })
        expect(reply.status).toBe(400)
      }
    })

    it('whose account signs in again is bound to the new token, and the old one is dead', async () => {
      const device = await enrolled('byod-iphone', ada)
      // One that still has something to say would meet the 401 itself, and sign in a third time.
      await world.inSync(device)
      const old = tokenOf(device)
      const again = await ada.token()
      expect((await tokens(device, again)).status).toBe(200)
      expect((await tokens(device, old)).status).toBe(401)
      expect((await tokens(device, again)).status).toBe(200)
      await device.connect()
      expect(tokenOf(device)).not.toBe(old)
      expect(device.inspect().enrolled).toBe(true)
    })

    it('of an account that is signed out asks its person, and goes on', async () => {
      const device = await enrolled('byod-iphone', ada)
      await world.inSync(device)
      const before = ada.signIns
      const { tokens: revoked } = await world.admin('sign-out-account', { params: { name: ada.name } })
      expect(revoked).toBeGreaterThan(0)
      await device.connect()
      expect(ada.signIns).toBe(before + 1)
      await world.inSync(device)
    })

    it('goes on with its token when the profile could not be had by it any more', async () => {
      const device = await enrolled('byod-iphone', ada)
      passed += 30 * day
      expect((await tokens(device, tokenOf(device))).status).toBe(200)
    })

    it('cannot be bound by a token that waited a day', async () => {
      const device = await enrolled('byod-iphone', ada)
      const waiting = await ada.token()
      passed += day
      expect((await tokens(device, waiting)).status).toBe(401)
    })

    it('whose Authenticate was answered and the answer lost enrolls all the same', async () => {
      const line = httpTransport(world.url)
      let lost = 0
      const checkIn: typeof line.checkIn = async (body, sealed) => {
        const answer = await line.checkIn(body, sealed)
        if (lost++ === 0) throw new Error('the answer is lost')
        return answer
      }
      const device = world.make({ kind: 'byod-iphone', keys, clock, transport: { ...line, checkIn } })
      const way = { ...ada.way }
      await expect(device.enroll(way)).rejects.toMatchObject({ code: 'enrollment-refused' })
      await device.enroll(way)
      await world.inSync(device)
    })

    it('that enrolls again is somebody new: nothing is merged with what it was before', async () => {
      const device = await enrolled('byod-iphone', ada)
      const before = device.id
      await device.enroll({ ...ada.way })
      await world.inSync(device)
      expect(device.id).not.toBe(before)
      expect((await resource(before)).state).toBe('enrolled')
      expect((await resource(device.id)).state).toBe('enrolled')
    })

    it('leaves without a token, for it could not sign in any more, and the token leaves with it', async () => {
      const device = await enrolled('byod-iphone', ada)
      const hand = speaking(device, undefined)
      const token = tokenOf(device)
      expect(
        (await hand.send({ MessageType: 'CheckOut', EnrollmentID: device.id, Topic: 'com.apple.mgmt.x' })).status,
      ).toBe(200)
      expect((await resource(device.id)).state).toBe('left')
      const grant = await world.server.services.store.read.grant(await sha256(token))
      expect(grant?.why).toBe('checked-out')
    })

    it('keeps account and mode when its identity is renewed', async () => {
      const device = await enrolled('byod-iphone', ada)
      await world.inSync(device)
      passed += 300 * day
      await device.connect()
      await device.settled()
      const commands = (await world.admin('list-commands', { params: { id: device.id } })).items
      expect(commands.find(({ requestType }) => requestType === 'InstallProfile')?.state).toBe('acknowledged')
      passed += 100 * day
      await device.connect()
      expect(device.inspect().enrolled).toBe(true)
      expect((await tokens(device, 'x')).status).toBe(401)
      const pins = await world.server.services.store.read.pinsOf(device.id)
      expect(pins.map(({ account }) => account?.mode)).toEqual(['byod', 'byod'])
    })
  })

  describe('signing in', () => {
    const open = (query = '?user-identifier=ada%40school.example') =>
      fetch(`${world.url}/sign-in/account/byod${query}`, { redirect: 'manual' })
    const page = async (query?: string) => {
      const answer = await open(query)
      const html = await answer.text()
      const cookie = answer.headers.get('set-cookie')?.replace(/;.*$/, '') ?? ''
      return { answer, html, cookie, state: /name="state" value="([^"]*)"/.exec(html)?.[1] ?? '' }
    }
    const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(`${world.url}/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': FORM, ...headers },
        body: new URLSearchParams(fields),
      })
    const good = { account: 'ada@school.example', password: PASSWORD }

    it('shows a page that loads and runs nothing, with the account filled in', async () => {
      const { answer, html } = await page('?user-identifier=%22%3E%3Cscript%3E%40school.example')
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
      expect(html).toContain('value="&quot;&gt;&lt;script&gt;@school.example"')
      expect(html).not.toContain('<script')
    })

    it('ends with 308 and a token that only the system gets to see', async () => {
      const { state, cookie } = await page()
      const answer = await send({ ...good, account: ' ADA@School.example ', state }, { cookie })
      expect(answer.status).toBe(308)
      const location = answer.headers.get('location') ?? ''
      expect(location).toMatch(/^apple-remotemanagement-user-login:\/\/authentication-results\?access-token=[\w-]{43}$/)
      expect(answer.headers.get('cache-control')).toBe('no-store')
    })

    it('says the same to a wrong password and to an account that does not exist', async () => {
      const { state, cookie } = await page()
      const answers = await Promise.all(
        [
          { account: 'ada@school.example', password: 'wrong' },
          { account: 'xyz@school.example', password: 'wrong' },
        ].map(async (fields) => {
          const answer = await send({ ...fields, state }, { cookie })
          return [answer.status, (await answer.text()).replace(fields.account, '')]
        }),
      )
      expect(answers[0]).toEqual(answers[1])
      expect(answers[0]?.[0]).toBe(403)
    })

    it('goes on with the same page after a wrong password, once', async () => {
      const { state, cookie } = await page()
      expect((await send({ ...good, password: 'wrong', state }, { cookie })).status).toBe(403)
      expect((await send({ ...good, state }, { cookie })).status).toBe(308)
      expect((await send({ ...good, state }, { cookie })).status).toBe(400)
    })

    it('is over after five minutes', async () => {
      const { state, cookie } = await page()
      passed += 5 * minute
      expect((await send({ ...good, state }, { cookie })).status).toBe(400)
    })

    it('takes no form of another page, of another browser, or without a state', async () => {
      const { state, cookie } = await page()
      const other = await page()
      const refused = [
        send({ ...good, state }, { cookie, origin: 'https://attacker.example' }),
        send({ ...good, state }, { cookie, origin: 'null' }),
        send({ ...good, state }, { cookie, 'sec-fetch-site': 'cross-site' }),
        send({ ...good, state }, {}),
        send({ ...good, state }, { cookie: other.cookie }),
      ]
      expect(await Promise.all(refused.map(async (one) => (await one).status))).toEqual([403, 403, 403, 403, 403])
      expect((await send({ ...good }, { cookie })).status).toBe(400)
      expect((await send({ ...good, state: 'x' }, { cookie })).status).toBe(400)
      expect((await send({ ...good, state }, { cookie, origin: world.url })).status).toBe(308)
    })

    it('leads nowhere that a request could name', async () => {
      const query = '?user-identifier=ada%40school.example&redirect_uri=https://attacker.example&url=//attacker.example'
      const { state, cookie, html } = await page(query)
      expect(html).not.toContain('attacker')
      const fields = { ...good, state, redirect_uri: 'https://attacker.example', location: 'https://attacker.example' }
      const answer = await send(fields, { cookie, referer: 'https://attacker.example/' })
      expect(answer.headers.get('location')).toMatch(/^apple-remotemanagement-user-login:/)
    })

    it('reads no more than a form', async () => {
      const { state, cookie } = await page()
      expect((await send({ ...good, state, more: 'x'.repeat(9000) }, { cookie })).status).toBe(413)
      const json = await send({ ...good, state }, { cookie, 'content-type': 'application/json' })
      expect(json.status).toBe(415)
    })

    it('makes who guesses wait, by account, whether there is one or not', async () => {
      for (const account of ['guessed@school.example', 'unknown@school.example']) {
        if (account.startsWith('guessed')) await person(world, account)
        const { state, cookie } = await page()
        const statuses: number[] = []
        for (let attempt = 0; attempt < 11; attempt += 1)
          statuses.push((await send({ account, password: `wrong ${attempt}`, state }, { cookie })).status)
        expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429])
        const waits = await send({ account, password: PASSWORD, state }, { cookie })
        expect([waits.status, Number(waits.headers.get('retry-after')) > 0]).toEqual([429, true])
      }
      expect((await send({ ...good, state: (await page()).state }, {})).status).toBe(403)
    })

    it('has no page for a provider that there is not', async () => {
      expect((await fetch(`${world.url}/sign-in/callback?state=x&code=y`)).status).toBe(404)
    })
  })

  describe('accounts', () => {
    it('are added, listed, given another password, and removed with all their tokens', async () => {
      const zoe = await person(world, 'zoe@school.example')
      const device = await enrolled('byod-iphone', zoe)
      expect((await world.admin('list-accounts')).items.map(({ name }) => name)).toContain(zoe.name)
      await world.admin('set-account-password', { params: { name: zoe.name }, body: { password: 'another password' } })
      await expect(zoe.token()).rejects.toMatchObject({ found: 403 })
      expect((await tokens(device, tokenOf(device))).status).toBe(200)
      expect(await world.admin('remove-account', { params: { name: zoe.name } })).toEqual({
        account: zoe.name,
        tokens: 1,
      })
      expect((await tokens(device, tokenOf(device))).status).toBe(401)
    })

    it('have a password that nobody is told', async () => {
      const told = [await world.admin('list-audit'), await world.admin('list-accounts')]
      expect(JSON.stringify(told)).toContain('ada@school.example')
      expect(JSON.stringify(told)).not.toContain(PASSWORD)
      expect(JSON.stringify(told)).not.toContain('argon2')
    })

    it.each([
      ['of no Managed Apple Account', { name: 'ada', password: PASSWORD }, 422, 'account-unsuitable'],
      ['with a short password', { name: 'a@b.example', password: 'seven77' }, 422, 'password-unsuitable'],
      ['twice', { name: 'Ada@School.example', password: PASSWORD }, 409, 'account-exists'],
    ])('are not added %s', async (_, body, status, code) => {
      const refused = await world.admin.refused('add-account', { body })
      expect(refused).toMatchObject({ status, code })
      expect(JSON.stringify(refused)).not.toContain(body.password)
    })

    it('may have another Managed Apple Account than their name', async () => {
      const body = { name: 'bea', managedAppleAccount: 'bea@school.example', password: PASSWORD }
      expect(await world.admin('add-account', { body })).toMatchObject({
        name: 'bea',
        managedAppleAccount: 'bea@school.example',
      })
      const unknown = await world.admin.refused('remove-account', { params: { name: 'nobody' } })
      expect(unknown).toMatchObject({ status: 404, code: 'account-missing' })
    })
  })

  it('says 401 to nobody else: no message, no proof, no token and no error brings it', async () => {
    const device = world.make({ kind: 'ipad', keys, clock })
    await device.enroll(await invitedProfile((await world.admin('create-invitation', { body: {} })).link))
    const driven = await enrolled('byod-iphone', ada)
    const own = identityOf(device)
    const stranger = await identityFor('SOMEBODY-ELSE', world.admin, world.server)
    const proofs = [own, identityOf(driven), stranger, undefined]
    const bearers = [undefined, 'garbage', tokenOf(driven), await ada.token()]
    const whose = [
      { UDID: device.id },
      { UDID: 'NOBODY' },
      { UDID: device.id, UserID: 'USER' },
      { EnrollmentID: 'NEW' },
    ]
    const seen = new Map<string, number>()
    for (const identity of whose) {
      for (const by of proofs) {
        for (const bearer of bearers) {
          const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
          const speech = { headers, ...(by === undefined ? {} : { by }) }
          const messages = [authenticate(identity), ...everyMessage(identity).filter((one) => !isCheckOut(one))]
          for (const message of messages) {
            const reply = await say(world.url, identity, message, speech)
            expect(reply.headers['www-authenticate']).toBeUndefined()
            seen.set(outcome(reply), reply.status)
          }
          const broken = await sendRaw(world.url, 'no message', { path: '/mdm', headers })
          expect(broken.status).toBe(400)
        }
      }
    }
    expect([...seen.values()]).not.toContain(401)
    // It went over refusals of many kinds, and over what is answered.
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(['accepted', 'identity-unproved', 'identity-mismatch', 'identity-ambiguous']),
    )
  })

  it('is what `edict simulate --account` does: devices sign in on the page, and wait for pushes', async () => {
    await using password = await privateFile(PASSWORD)
    const lines: string[] = []
    const ending = new AbortController()
    const io = {
      stdout: (line: string) => lines.push(line),
      stderr: (line: string) => lines.push(line),
      signal: ending.signal,
    }
    const account = { account: ada.name, passwordFile: password.path }
    const code = simulate({ server: world.url, kind: 'byod-iphone', count: '2', keys: 'related', ...account }, io)
    const said = await eventually('the devices are ready', () => lines.find((line) => line.includes('"ready"')))
    ending.abort()
    expect([JSON.parse(said).devices, await code]).toEqual([2, 0])
  })

  it('leaves neither password nor token nor state in the log', async () => {
    const fresh = await freshDatabase(database)
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) })
    const options = { listen: '127.0.0.1:0', database: fresh.database, accountDriven: 'byod' }
    const server = await startServer(readConfig(options, TOKEN, MASTER_KEY), { log, authorityKey })
    const there = { url: server.url, admin: adminOf(server.url) }
    const eve = await person(there, 'eve@school.example')
    const html = await (await fetch(`${server.url}/sign-in/account/byod`)).text()
    const token = await eve.token()
    const post = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: machine }
    expect((await fetch(`${server.url}/enroll/account/byod`, post)).status).toBe(200)
    await fetch(`${server.url}/sign-in/callback?state=secret-state&code=secret-code`)
    await server.close()
    await fresh.remove()
    const all = lines.join('')
    expect(all).toContain('signed-in')
    const state = /name="state" value="([^"]*)"/.exec(html)?.[1] ?? 'none'
    for (const secret of [PASSWORD, token, state, 'secret-state', 'secret-code', 'SECRET-UDID'])
      expect(all).not.toContain(secret)
  })

  it('is not offered where nobody said so: Apple’s refusal, and no page', async () => {
    const plain = await openWorld(database, { insecureDevices: false })
    try {
      const query = '?user-identifier=ada%40school.example&model-family=iPhone'
      const answer = await fetch(`${plain.url}/.well-known/com.apple.remotemanagement${query}`)
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'com.apple.well-known.failed' }])
      expect((await fetch(`${plain.url}/sign-in/account/byod`)).status).toBe(404)
    } finally {
      await plain.close()
    }
  })

  it('needs a public address: 503', async () => {
    const outside = await openWorld(database, {
      insecureDevices: false,
      options: { listen: '0.0.0.0:0', accountDriven: 'byod' },
    })
    try {
      const query = '?user-identifier=ada%40school.example&model-family=iPhone'
      const base = outside.url.replace('0.0.0.0', '127.0.0.1')
      expect((await fetch(`${base}/.well-known/com.apple.remotemanagement${query}`)).status).toBe(503)
      expect((await fetch(`${base}/sign-in/account/byod`)).status).toBe(503)
    } finally {
      await outside.close()
    }
  })
})

function isCheckOut(message: CheckIn | 'idle'): boolean {
  return message !== 'idle' && message.MessageType === 'CheckOut'
}

async function mdmPayload(answer: Response): Promise<PlistDict | undefined> {
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/x-apple-aspen-config')
  const profile = decodePlist(verifySignedData(new Uint8Array(await answer.arrayBuffer())).content)
  const payloads = isPlistDict(profile) ? profile.PayloadContent : undefined
  return (Array.isArray(payloads) ? payloads : [])
    .filter(isPlistDict)
    .find(({ PayloadType }) => PayloadType === 'com.apple.mdm')
}

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex')
}
