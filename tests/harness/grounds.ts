import { type Database, databases } from './databases.ts'

export type Ground = Database | `${Database} over TLS`

const overTls = databases.map((database): Ground => `${database} over TLS`)

/**
 * What a story takes place on. In the plain ones, for `npm test`, devices are believed whatever they claim; over TLS, for `npm run soak`
 * because it takes longer, they enroll by invitations, get an identity by SCEP, and are believed only by it.
 */
export const grounds: readonly Ground[] = process.env.EDICT_STORIES === 'over TLS' ? overTls : databases

export function databaseOf(ground: Ground): Database {
  return ground.startsWith('sqlite') ? 'sqlite' : 'postgres'
}

export function isOverTls(ground: Ground): boolean {
  return ground.endsWith('over TLS')
}
