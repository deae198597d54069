import { type Enrollment, particularsOf, particularsToken } from '@edict/core'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** Enrollments in one statement. */
const PAGE = 500

/**
 * What variables say of each enrollment, beside its own values. Every enrollment that is there gets it, so that nothing of what devices have
 * changes with the upgrade, and nothing has to be found out when the first variable is written.
 */
export function particulars({ text }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      await sql`alter table enrollments add column particulars ${text} not null default ''`.execute(db)
      for (let last = ''; ; ) {
        const { rows } = await sql<{
          id: string
          content: string
        }>`select id, content from enrollments where id > ${last} order by id limit ${PAGE}`.execute(db)
        const end = rows.at(-1)
        if (end === undefined) return
        await keep(
          db,
          rows.map(({ id, content }) => ({ id, of: particularsOf({ ...(JSON.parse(content) as Enrollment), id }) })),
        )
        last = end.id
      }
    },
  }
}

interface Row {
  readonly id: string
  readonly of: ReturnType<typeof particularsOf>
}

async function keep(db: Kysely<unknown>, rows: readonly Row[]): Promise<void> {
  const tokens = rows.map(({ id, of }) => ({ id, token: particularsToken(of), content: JSON.stringify(of) }))
  const values = new Map(tokens.map(({ token, content }) => [token, content]))
  const kept = [...values].map(([token, content]) => sql`(${token}, ${content})`)
  await sql`insert into own_values (token, content) values ${sql.join(kept)} on conflict (token) do nothing`.execute(db)
  const placed = tokens.map(({ id, token }) => sql`(${id}, ${token})`)
  await sql`update enrollments set particulars = placed.column2
    from (values ${sql.join(placed)}) as placed where enrollments.id = placed.column1`.execute(db)
}
