import { relatedKeys, type SignIn } from '@edict/device'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, person } from '../harness/account-person.ts'
import { CLIENT_ID, CLIENT_SECRET, openIdProvider } from '../harness/openid-provider.ts'
import { privateFile } from '../harness/private-file.ts'
import { openWorld } from '../harness/world.ts'
import { isInstalled } from './is-installed.ts'

const CHROMIUM = '/usr/bin/chromium'
const keys = relatedKeys('sign-in clients')

/** A browser of others goes through the pages, as a person in an authentication session does. */
describe.skipIf(!isInstalled(CHROMIUM))('Chromium signs in', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  })
  afterAll(() => browser?.close())

  /** Opens the URL, does what is to be done there, and gives the URL that only the system could open. */
  const session =
    (act: (page: Page) => Promise<void>): SignIn =>
    async (url) => {
      const context = await browser.newContext({ viewport: { width: 390, height: 664 } })
      const page = await context.newPage()
      const ended = page.waitForEvent('response', {
        predicate: (response) => (response.headers().location ?? '').startsWith('apple-remotemanagement-user-login:'),
      })
      await page.goto(url)
      await act(page)
      const location = (await ended).headers().location ?? ''
      expect((await ended).status()).toBe(308)
      await context.close()
      return location
    }

  it('with a password, after a wrong one, on a page that loads nothing', async () => {
    const world = await openWorld('sqlite', { insecureDevices: false, options: { accountDriven: 'byod' } })
    try {
      const ada = await person(world, 'ada@school.example')
      const asked: string[] = []
      const signIn = session(async (page) => {
        page.on('request', (request) => asked.push(request.url()))
        expect(await page.getByLabel('Account').inputValue()).toBe('ada@school.example')
        expect(await page.getByLabel('Password').evaluate((field) => field === field.ownerDocument.activeElement)).toBe(
          true,
        )
        await page.getByLabel('Password').fill('wrong')
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByRole('alert').waitFor()
        if (process.env.EDICT_SCREENSHOTS !== undefined) await pictures(page, process.env.EDICT_SCREENSHOTS)
        await page.getByLabel('Password').fill(PASSWORD)
        await page.getByRole('button', { name: 'Sign in' }).click()
      })
      const device = world.make({ kind: 'byod-iphone', keys })
      await device.enroll({ ...ada.way, signIn })
      await world.inSync(device)
      expect(asked.filter((url) => url.startsWith('http') && !url.startsWith(`${world.url}/sign-in`))).toEqual([])
    } finally {
      await world.close()
    }
  })

  it('at an OpenID provider', async () => {
    const provider = await openIdProvider({ ada: { email: 'ada@school.example', email_verified: true } })
    await using secret = await privateFile(CLIENT_SECRET)
    const oidc = { oidcIssuer: provider.issuer, oidcClientId: CLIENT_ID, oidcClientSecret: secret.path }
    const world = await openWorld('sqlite', { insecureDevices: false, options: { accountDriven: 'byod', ...oidc } })
    try {
      provider.admit(`${world.url}/sign-in/callback`)
      const signIn = session(async (page) => {
        await page.locator('input[name="login"]').fill('ada')
        await page.locator('input[name="password"]').fill('any')
        await page.locator('button[type="submit"]').click()
        await page.getByRole('button', { name: 'Continue' }).click()
      })
      const device = world.make({ kind: 'byod-mac', keys })
      const way = { kind: 'account', identifier: 'ada@school.example', signIn, discovery: world.url } as const
      await device.enroll(way)
      await world.inSync(device)
    } finally {
      await world.close()
      await provider.close()
    }
  })
})

/** What the page looks like, by day and by night, for whoever changes it. */
async function pictures(page: Page, folder: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${folder}/sign-in-${colorScheme}.png` })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
