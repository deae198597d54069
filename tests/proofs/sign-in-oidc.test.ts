import { relatedKeys } from '@edict/device'
import { createSelfSigned, createSignedData, newPrivateKey } from '@edict/pki'
import { encodeMachineInfo } from '@edict/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserByHand, browserByHand, type Opened } from '../harness/browser-by-hand.ts'
import { databases } from '../harness/databases.ts'
import { CLIENT_ID, CLIENT_SECRET, type OpenIdProvider, openIdProvider } from '../harness/openid-provider.ts'
import { privateFile } from '../harness/private-file.ts'
import { openWorld, type World } from '../harness/world.ts'

const keys = relatedKeys('sign-in-oidc')
const people = {
  ada: { email: 'Ada@School.example', email_verified: true },
  mallory: { email: 'ada@school.example', email_verified: false },
  nobody: { email: 'no address', email_verified: true },
}
const RESULTS = /^apple-remotemanagement-user-login:\/\/authentication-results\?access-token=([\w-]{43})$/

describe.each(databases)('signing in at an OpenID provider on %s', (database) => {
  let world: World
  let provider: OpenIdProvider
  let secret: Awaited<ReturnType<typeof privateFile>>
  let passed = 0
  beforeAll(async () => {
    provider = await openIdProvider(people)
    secret = await privateFile(CLIENT_SECRET)
    const oidc = { oidcIssuer: provider.issuer, oidcClientId: CLIENT_ID, oidcClientSecret: secret.path }
    const options = { accountDriven: 'byod', ...oidc }
    world = await openWorld(database, { insecureDevices: false, now: () => Date.now() + passed, options })
    provider.admit(`${world.url}/sign-in/callback`)
  })
  afterAll(async () => {
    await world.close()
    await provider.close()
    await secret[Symbol.asyncDispose]()
  })

  const begin = `/sign-in/account/byod?user-identifier=ada%40school.example`
  /** A sign-in that was begun and whose answer is not there yet. */
  const begun = async () => {
    const answer = await fetch(`${world.url}${begin}`, { redirect: 'manual' })
    const state = new URL(answer.headers.get('location') ?? '').searchParams.get('state') ?? ''
    return { state, cookie: answer.headers.get('set-cookie')?.replace(/;.*$/, '') ?? '' }
  }
  /** Goes through the provider's pages: a name, and consent. */
  const through = async (browser: BrowserByHand, who: string): Promise<Opened> => {
    let page = await browser.open(`${world.url}${begin}`)
    for (let steps = 0; steps < 5 && page.html.includes('<form'); steps += 1) {
      const action = /<form[^>]* action="([^"]+)"/.exec(page.html)?.[1] ?? ''
      const prompt = /name="prompt" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
      const form = prompt === 'login' ? { prompt, login: who, password: 'any' } : { prompt }
      page = await browser.open(new URL(action, page.url).href, form)
    }
    return page
  }

  it('sends the browser there with a state, a nonce and PKCE, and who is expected', async () => {
    const answer = await fetch(`${world.url}${begin}`, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([302, 'no-store'])
    const to = new URL(answer.headers.get('location') ?? '')
    expect(to.origin).toBe(provider.issuer)
    const asked = Object.fromEntries(to.searchParams)
    expect(asked).toMatchObject({
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: `${world.url}/sign-in/callback`,
      code_challenge_method: 'S256',
      login_hint: 'ada@school.example',
    })
    for (const key of ['state', 'nonce', 'code_challenge']) expect(asked[key]).toMatch(/^[\w-]{43}$/)
  })

  it('ends with a token, by which a device enrolls for the account that the provider named', async () => {
    const browser = browserByHand()
    const signIn = async () => (await through(browser, 'ada')).url
    const device = world.make({ kind: 'byod-iphone', keys })
    await device.enroll({ kind: 'account', identifier: 'ada@school.example', signIn, discovery: world.url })
    await world.inSync(device)
    expect((await world.admin('get-enrollment', { params: { id: device.id } })).account).toEqual({
      name: 'ada@school.example',
      managedAppleAccount: 'Ada@School.example',
      mode: 'byod',
    })
    expect(await world.admin('sign-out-account', { params: { name: 'ada@school.example' } })).toMatchObject({
      tokens: 1,
    })
  })

  it.each([
    ['whose address is not verified', 'mallory'],
    ['who has no account', 'nobody'],
  ])('lets nobody in %s', async (_, who) => {
    const end = await through(browserByHand(), who)
    expect(end.status).toBe(403)
    expect(end.html).toContain('This account cannot enroll devices')
  })

  it('takes an answer once, and none with a code that the provider did not give', async () => {
    const browser = browserByHand()
    expect((await through(browser, 'ada')).url).toMatch(RESULTS)
    const callback = browser.visited.find((url) => url.startsWith(`${world.url}/sign-in/callback`)) ?? ''
    expect((await browser.open(callback)).status).toBe(400)
    const { state, cookie } = await begun()
    const forged = `${world.url}/sign-in/callback?state=${state}&code=forged&iss=${encodeURIComponent(provider.issuer)}`
    const bring = async () => (await fetch(forged, { headers: { cookie }, redirect: 'manual' })).status
    expect([await bring(), await bring()]).toEqual([502, 400])
  })

  it('takes no answer in another browser, with a state of somebody else, or after five minutes', async () => {
    const { state, cookie } = await begun()
    const bring = async (by: string, headers: Record<string, string>) =>
      (await fetch(`${world.url}/sign-in/callback?code=x&state=${by}`, { headers, redirect: 'manual' })).status
    expect(await bring(state, {})).toBe(403)
    expect(await bring('made-up', { cookie })).toBe(400)
    expect(await bring('', { cookie })).toBe(400)
    passed += 300_000
    expect(await bring(state, { cookie })).toBe(400)
  })

  it('says so when the provider says no, and takes no password any more', async () => {
    const { state, cookie } = await begun()
    const refused = `state=${state}&error=access_denied&iss=${encodeURIComponent(provider.issuer)}`
    const answer = await fetch(`${world.url}/sign-in/callback?${refused}`, { headers: { cookie }, redirect: 'manual' })
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('Signing in did not work')])
    const form = new URLSearchParams({ state, account: 'ada@school.example', password: 'correct horse battery' })
    expect((await fetch(`${world.url}/sign-in`, { method: 'POST', body: form })).status).toBe(404)
  })
})

describe('a provider that is away', () => {
  it('keeps nobody from starting, and people are told to try again', async () => {
    const world = await openWorld('sqlite', {
      insecureDevices: false,
      options: { accountDriven: 'byod', oidcIssuer: 'http://127.0.0.1:1', oidcClientId: CLIENT_ID },
    })
    try {
      const answer = await fetch(`${world.url}/sign-in/account/byod`, { redirect: 'manual' })
      expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('Signing in did not work')])
      const signer = await createSelfSigned([{ type: 'CN', value: 'x' }], await newPrivateKey('p-256'), Date.now())
      const body = createSignedData(encodeMachineInfo({ PRODUCT: 'iPhone16,1', VERSION: '23E224' }), { signer })
      const profile = await fetch(`${world.url}/enroll/account/byod`, { method: 'POST', body })
      expect(profile.status).toBe(401)
    } finally {
      await world.close()
    }
  })
})
