import { decodeStatusReport, type Json, ProtocolError } from '@edict/protocol'
import type { StoredReport } from '@edict/store'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { moment } from './moment.ts'
import { pageOf } from './paging.ts'
import type { Handlers } from './request.ts'

export const reportHandlers: Handlers<'list-reports'> = {
  'list-reports': async ({ params, query }, { store }) => {
    await mustBeKnown(store.read, params.id)
    const newestFirst = [...(await store.read.reports(params.id))].sort((a, b) => b.sequence - a.sequence)
    const page = pageOf(newestFirst, ({ sequence }) => String(1e15 - sequence).padStart(16, '0'), query)
    return { items: page.items.map(reportResource), next: page.next }
  },
}

function reportResource(report: StoredReport) {
  const decoded = report.flaw === null ? decode(report.raw) : null
  return {
    id: String(report.sequence),
    at: moment(report.at),
    size: Buffer.byteLength(report.raw),
    full: report.full,
    understood: report.flaw === null,
    ...(report.flaw === null ? {} : { problem: report.flaw, raw: Buffer.from(report.raw).toString('base64') }),
    statusItems: decoded?.StatusItems ?? null,
    errors: decoded === null ? [] : decoded.Errors.map((error) => structuredClone(error) as unknown as Json),
  }
}

function decode(raw: string) {
  try {
    return decodeStatusReport(Buffer.from(raw))
  } catch (error) {
    if (error instanceof ProtocolError) return null
    throw error
  }
}
