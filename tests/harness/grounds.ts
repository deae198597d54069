import { type Database, databases } from './databases.ts'

/**
 * What a story takes place on. In the plain ones devices are believed whatever they claim; over TLS they enroll by invitations, get an
 * identity by SCEP, and are believed only by it.
 */
export const grounds = [...databases, 'sqlite over TLS', 'postgres over TLS'] as const
export type Ground = (typeof grounds)[number]

export function databaseOf(ground: Ground): Database {
  return ground.startsWith('sqlite') ? 'sqlite' : 'postgres'
}

export function isOverTls(ground: Ground): boolean {
  return ground.endsWith('over TLS')
}
