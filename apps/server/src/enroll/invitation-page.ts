import { page } from '../public/page.ts'

/** A small page for the person who holds the device, in one file that loads nothing. */
interface Page {
  readonly title: string
  readonly paragraphs: readonly string[]
  /** A button that sends the form to the page's own address. */
  readonly button?: string
}

const open: Page = {
  title: 'Enroll this device',
  paragraphs: [
    'Your organization has invited this device to be managed. The button downloads a profile; then open Settings, where it waits, and install it.',
    'Press it on the device that is meant: it works once.',
  ],
  button: 'Download the profile',
}

const refusals = {
  unknown: ['There is no such invitation', 'Look whether the link is complete.'],
  used: ['This invitation was used', 'It works once. Ask who sent it to you for another one.'],
  expired: ['This invitation is over', 'Ask who sent it to you for another one.'],
  revoked: ['This invitation was taken back', 'Ask who sent it to you for another one.'],
  failed: ['That did not work', 'Try again in a minute. The invitation can still be used.'],
  unreachable: ['This server cannot enroll devices yet', 'Whoever runs it has to tell it its public address.'],
} as const

export type InvitationRefusal = keyof typeof refusals

export function invitationPage(): string {
  return html(open)
}

export function refusalPage(reason: InvitationRefusal): string {
  const [title, paragraph] = refusals[reason]
  return html({ title, paragraphs: [paragraph] })
}

const style = `body { max-width: 32rem; margin: 3rem auto; padding: 0 1rem }
button { font: inherit; padding: 0.6rem 1.2rem }`

function html({ title, paragraphs, button }: Page): string {
  const form = button === undefined ? '' : `<form method="post"><button>${button}</button></form>`
  const content = `${paragraphs.map((text) => `<p>${text}</p>`).join('\n')}\n${form}`
  return page(title, style, content)
}
