import { sql } from 'kysely'

/** The token that a channel `e` of the cohort `c` should have: what `declarationsToken` makes of its parts. */
export const wantedToken = sql<string>`c.common || '.' || e.own || case when c.common like '%+' then '.' || e.particulars else '' end`
