import type { JsonObject } from '@edict/protocol'
import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { reportOf } from '../reports.ts'

/** A Mac with many apps and certificates has much to say at once. */
export const statusLarge: Check<Exchange> = {
  code: 'status-large',
  group: 'status',
  severity: 'warning',
  must: 'a report of 2 MiB is taken',
  source: 'field: full reports of Macs',
  ask: async (exam) => exam.report(reportOf({ mdm: { app: Array.from({ length: APPS }, (_, index) => app(index)) } })),
  judge: taken,
}

/** Entries of half a KiB. */
const APPS = 4096

function app(index: number): JsonObject {
  return { identifier: `example.conformance.app-${index}`, name: 'x'.repeat(440), state: 'managed', version: '1' }
}
