import { activationOf, CALENDAR, WIFI_LOWER } from './declarations.ts'
import type { School } from './school.ts'

/** Where the school is and what to try there: lines that work as they stand, in a shell in the project's folder. */
export function invitation({ url, channels, teachers }: School, token: string): readonly string[] {
  const second = channels.find(({ teacher }) => teacher === teachers[1])?.id ?? ''
  const user = channels.find(({ kind }) => kind === 'mac-user')?.id ?? ''
  return [
    `export EDICT_URL=${url} EDICT_ADMIN_TOKEN=${token}`,
    '',
    'npx edict enrollments list --platform macOS',
    `npx edict conditions ${second}`,
    `npx edict manifest ${user}`,
    'npx edict items passcode.is-compliant --limit 5',
    `npx edict declarations get ${activationOf(WIFI_LOWER)}`,
    `npx edict properties put ${second} roles='["Upper"]'`,
    `npx edict conditions ${second} --json | grep -A3 ${CALENDAR}`,
    'npx edict audit --limit 10',
    'curl -s $EDICT_URL/openapi.json | head -c 300',
  ]
}
