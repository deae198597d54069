import type { School } from './school.ts'

/** Where the school is and what to try there: lines that work as they stand, in a shell in the project's folder. */
export function invitation({ url, channels, teachers }: School, token: string): readonly string[] {
  const second = teachers[1]
  const ipad = channels.find(({ teacher }) => teacher === second)?.id ?? ''
  const user = channels.find(({ kind }) => kind === 'mac-user')?.id ?? ''
  return [
    `export EDICT_URL=${url} EDICT_ADMIN_TOKEN=${token}`,
    '',
    '# all of it at a glance; with --watch it goes on',
    'npx edict fleet',
    '# the Macs, each with the channel of its user',
    'npx edict enrollments list --platform macOS',
    '# what became of each declaration on the iPad of teacher two, and why',
    `npx edict conditions ${ipad}`,
    '# one fact over the fleet',
    'npx edict items passcode.is-compliant --limit 5',
    '# IT Admin no more: the mail account goes (look at the conditions again)',
    `npx edict properties put ${ipad} teacher='${second?.name}' roles='["Upper","Sports"]'`,
    '# what a user of a Mac should hold, and holds',
    `npx edict manifest ${user}`,
    '# the activation that waits for a passcode and a role',
    'npx edict declarations get wifi.upper.activation',
    '# who wrote what',
    'npx edict audit --limit 10',
    '# the whole API',
    'curl -s $EDICT_URL/openapi.json | head -c 300',
  ]
}
