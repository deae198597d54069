import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** Where events are delivered, what is on its way there, and what became of it. */
export function webhooks({ text, integer, sequence, tableEnd }: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      const statements = [
        sql`create table webhooks (
          id ${text} not null primary key,
          url ${text} not null,
          types ${text},
          note ${text} not null,
          state ${text} not null,
          made_at ${integer} not null,
          position ${integer} not null,
          previous_until ${integer},
          crowded_out ${integer} not null,
          failing_since ${integer},
          delivered_at ${integer},
          holder ${text},
          leased_until ${integer})${tableEnd}`,
        sql`create table deliveries (
          sequence ${sequence},
          id ${text} not null,
          webhook ${text} not null,
          event ${integer} not null,
          enrollment ${text} not null,
          type ${text} not null,
          at ${integer} not null,
          data ${text} not null,
          queued_at ${integer} not null,
          attempts ${integer} not null,
          due ${integer},
          outcome ${text},
          ended_at ${integer},
          log ${text} not null)${tableEnd}`,
        sql`create unique index deliveries_by_id on deliveries (webhook, id)`,
        sql`create index deliveries_in_order on deliveries (webhook, sequence)`,
        sql`create index deliveries_due on deliveries (webhook, due) where due is not null`,
        sql`create index deliveries_waiting on deliveries (webhook, enrollment, sequence) where outcome is null`,
        sql`create index deliveries_ended on deliveries (webhook, ended_at) where ended_at is not null`,
      ]
      for (const statement of statements) await statement.execute(db)
    },
  }
}
