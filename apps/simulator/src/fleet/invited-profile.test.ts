import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { invitedProfile } from './invited-profile.ts'
import { isRefusal } from './is-refusal.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function page(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    if (request.method === 'POST') answer(response)
    else response.writeHead(405).end()
  })
  closing.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/enroll/token`
}

it('gives the profile that an accepted invitation brings', async () => {
  const link = await page((response) => response.setHeader('content-type', 'application/x-apple-aspen-config').end('p'))
  expect(new TextDecoder().decode(await invitedProfile(link))).toBe('p')
})

it('is refused for good when the invitation was used', async () => {
  const refusal = await invitedProfile(await page((response) => response.writeHead(410).end())).catch((error) => error)
  expect(refusal).toMatchObject({ code: 'invitation-refused', found: 410 })
  expect(isRefusal(refusal)).toBe(true)
})

it('takes no page for a profile', async () => {
  const link = await page((response) => response.setHeader('content-type', 'text/html').end('<p>'))
  await expect(invitedProfile(link)).rejects.toMatchObject({ code: 'invitation-refused', found: 'text/html' })
})
