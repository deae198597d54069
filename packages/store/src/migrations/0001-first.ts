import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../dialect/dialect.ts'

/** Everything, as it was at the beginning. Indexes are named `<table>_by_<what>`. */
export function first(columns: ColumnTypes): Migration {
  return {
    up: async (db: Kysely<unknown>): Promise<void> => {
      for (const statement of [...manifests(columns), ...enrollments(columns), ...declared(columns), ...rest(columns)])
        await statement.execute(db)
    },
  }
}

type Statements = readonly RawBuilder<unknown>[]

function manifests({ text, integer, tableEnd }: ColumnTypes): Statements {
  return [
    sql`create table halves (
      token ${text} not null primary key,
      items ${text} not null,
      orphaned_at ${integer})${tableEnd}`,
    sql`create table own_values (
      token ${text} not null primary key,
      content ${text} not null,
      orphaned_at ${integer})${tableEnd}`,
    sql`create table bodies (
      token ${text} not null primary key,
      kind ${text} not null,
      identifier ${text} not null,
      type ${text} not null,
      payload ${text} not null,
      reapply ${integer} not null,
      orphaned_at ${integer})${tableEnd}`,
    sql`create table capabilities (
      hash ${text} not null primary key,
      content ${text} not null,
      orphaned_at ${integer})${tableEnd}`,
    sql`create table cohorts (
      id ${text} not null primary key,
      key ${text} not null,
      common ${text} not null references halves (token),
      since ${integer} not null,
      revision ${integer} not null,
      left_out ${text} not null,
      orphaned_at ${integer})${tableEnd}`,
    sql`create index cohorts_by_common on cohorts (common)`,
  ]
}

function enrollments({ text, integer, tableEnd }: ColumnTypes): Statements {
  return [
    sql`create table enrollments (
      id ${text} not null primary key,
      device ${text} not null,
      channel ${text} not null,
      state ${text} not null,
      period ${integer} not null,
      platform ${text},
      search ${text} not null,
      cohort ${text} not null references cohorts (id),
      own ${text} not null,
      capabilities ${text},
      enabled ${integer} not null,
      told ${text},
      told_at ${integer},
      collected ${text},
      collected_at ${integer},
      shown ${text} not null,
      last_seen_at ${integer},
      last_full_report_at ${integer},
      subscribed_at ${integer},
      content ${text} not null)${tableEnd}`,
    sql`create index enrollments_by_device on enrollments (device, id)`,
    sql`create index enrollments_by_cohort on enrollments (cohort, id)`,
    sql`create table group_members (
      group_name ${text} not null,
      enrollment ${text} not null,
      primary key (group_name, enrollment))${tableEnd}`,
    sql`create index group_members_by_enrollment on group_members (enrollment)`,
    sql`create table assignments (
      enrollment ${text} not null,
      set_name ${text} not null,
      channel ${text} not null,
      exclude ${integer} not null,
      primary key (enrollment, set_name, channel))${tableEnd}`,
    sql`create index assignments_by_set on assignments (set_name, enrollment)`,
    sql`create table properties (
      enrollment ${text} not null primary key,
      content ${text} not null)${tableEnd}`,
    sql`create table property_keys (
      enrollment ${text} not null,
      key ${text} not null,
      primary key (enrollment, key))${tableEnd}`,
    sql`create index property_keys_by_key on property_keys (key, enrollment)`,
  ]
}

function declared({ text, integer, tableEnd }: ColumnTypes): Statements {
  return [
    sql`create table declared (
      id ${integer} not null primary key check (id = 1),
      revision ${integer} not null,
      settings ${text} not null)${tableEnd}`,
    sql`insert into declared (id, revision, settings) values (1, 0, '{"subscription":{"enabled":true}}')`,
    sql`create table versions (
      identifier ${text} not null,
      revision ${integer} not null,
      version ${integer} not null,
      kind ${text} not null,
      type ${text} not null,
      payload ${text} not null,
      reapply ${integer} not null,
      content_hash ${text} not null,
      at ${integer} not null,
      primary key (identifier, revision))${tableEnd}`,
    sql`create table declarations (
      identifier ${text} not null primary key,
      revision ${integer} not null,
      foreign key (identifier, revision) references versions (identifier, revision))${tableEnd}`,
    sql`create table sets (
      name ${text} not null primary key,
      members ${text} not null)${tableEnd}`,
    sql`create table "groups" (
      name ${text} not null primary key,
      assignments ${text} not null)${tableEnd}`,
  ]
}

function rest({ text, integer, bytes, sequence, tableEnd }: ColumnTypes): Statements {
  return [
    sql`create table status_items (
      enrollment ${text} not null,
      name ${text} not null,
      long_name ${text},
      value ${text} not null,
      value_key ${text} not null,
      at ${integer} not null,
      primary key (enrollment, name))${tableEnd}`,
    sql`create index status_items_by_name on status_items (name, enrollment)`,
    sql`create index status_items_by_value on status_items (name, value_key, enrollment)`,
    sql`create table states (
      enrollment ${text} not null primary key,
      content ${text} not null,
      at ${integer} not null)${tableEnd}`,
    sql`create table reports (
      sequence ${sequence},
      enrollment ${text} not null,
      at ${integer} not null,
      full_report ${integer} not null,
      raw ${text} not null,
      flaw ${text})${tableEnd}`,
    sql`create index reports_by_enrollment on reports (enrollment, sequence)`,
    sql`create table commands (
      sequence ${sequence},
      enrollment ${text} not null,
      uuid ${text} not null,
      command ${text} not null,
      state ${text} not null,
      queued_at ${integer} not null,
      sent_at ${integer},
      answered_at ${integer},
      result ${text},
      unique (enrollment, uuid))${tableEnd}`,
    sql`create index commands_by_enrollment on commands (enrollment, sequence)`,
    sql`create index commands_by_pending on commands (enrollment, sequence) where state in ('queued', 'sent', 'not-now')`,
    sql`create table secrets (
      enrollment ${text} not null,
      name ${text} not null,
      period ${integer} not null,
      value ${bytes} not null,
      sealed ${integer} not null,
      at ${integer} not null,
      primary key (enrollment, name, period))${tableEnd}`,
    sql`create table wakes (
      id ${sequence},
      cohort ${text},
      channel ${text},
      always ${integer} not null,
      position ${text} not null,
      due ${integer} not null,
      begun ${integer} not null,
      leased_until ${integer},
      check ((cohort is null) <> (channel is null)))${tableEnd}`,
    sql`create index wakes_by_due on wakes (due, id)`,
    sql`create unique index wakes_by_cohort on wakes (cohort) where begun = 0 and cohort is not null`,
    sql`create unique index wakes_by_channel on wakes (channel) where begun = 0 and channel is not null`,
    sql`create table audit (
      sequence ${sequence},
      at ${integer} not null,
      actor ${text} not null,
      action ${text} not null,
      target ${text} not null,
      revision ${integer} not null,
      detail ${text} not null)${tableEnd}`,
    sql`create table events (
      sequence ${sequence},
      at ${integer} not null,
      type ${text} not null,
      data ${text} not null)${tableEnd}`,
  ]
}
