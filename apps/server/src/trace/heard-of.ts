import { hash } from 'node:crypto'
import { CAPABILITIES_ITEM, DECLARATIONS_ITEM, type Item, reportedItems, type TraceEntry } from '@edict/core'
import {
  type CheckIn,
  declarationKinds,
  readClientCapabilities,
  readDeclarationStates,
  type StatusReport,
} from '@edict/protocol'
import type { Heard } from '../device/trace.ts'

/** What a check-in says, as far as that is known before it is served. Tokens of push and secrets are no part of it. */
export function heardOf(message: CheckIn): Heard {
  if (message.MessageType !== 'DeclarativeManagement') {
    const awaiting = message.MessageType === 'TokenUpdate' ? message.AwaitingConfiguration : undefined
    return {
      kind: 'check-in',
      messageType: message.MessageType,
      ...(awaiting === undefined ? {} : { awaitingConfiguration: awaiting }),
    }
  }
  const { Endpoint: endpoint } = message
  switch (endpoint.kind) {
    case 'tokens':
    case 'declaration-items':
      return { kind: endpoint.kind }
    case 'declaration':
      return { kind: 'declaration', declaration: endpoint.declaration, identifier: endpoint.identifier }
    case 'status':
      return { kind: 'status', ...saidInReport(null, message.Data ?? new Uint8Array()) }
  }
}

type StatusEntry = Extract<TraceEntry, { readonly kind: 'status' }>

/** What a report says, in the words of a trace; null for one that cannot be understood. */
export function saidInReport(
  report: StatusReport | null,
  data: Uint8Array,
): Pick<StatusEntry, 'full' | 'items' | 'states' | 'supported' | 'content'> {
  const reported = report === null ? [] : reportedItems(report.StatusItems)
  const itemOf = (name: string) => reported.find((one) => one.name === name)?.value
  const [states, capabilities] = [itemOf(DECLARATIONS_ITEM), itemOf(CAPABILITIES_ITEM)]
  return {
    full: report?.FullReport === true,
    items: reported.slice(0, MOST_ITEMS).map(({ name }) => name),
    states: states === undefined ? null : readDeclarationStates(states),
    supported:
      capabilities === undefined
        ? null
        : declarationKinds.flatMap((kind) => readClientCapabilities(capabilities).declarations[kind]),
    content: hash('sha256', data, 'hex'),
  }
}

const MOST_ITEMS = 100

/** What was served. Its ServerToken is made from its content, and names it. */
export function servedBody({ type, identifier, serverToken }: Item) {
  return { type, identifier, serverToken, content: serverToken }
}
