import type { ActivationResult } from './declaration/evaluate.ts'
import { declarationOrder } from './declaration/order.ts'
import type { DeviceChannel } from './device-channel.ts'
import type { DeviceRequest } from './device-request.ts'
import type { ActivationView, ChannelView, HeldView } from './device-view.ts'

/** What there is to see of a channel. */
export function inspectChannel(channel: DeviceChannel, requests: readonly DeviceRequest[]): ChannelView {
  const { management } = channel
  const { state } = management
  const { backOff } = state
  return {
    id: channel.id,
    kind: channel.kind,
    userShortName: channel.userShortName,
    awaitingConfiguration: channel.awaiting,
    enabled: state.enabled,
    pushToken: channel.pushToken,
    token: state.token,
    held: heldViews(channel),
    declarations: management.declarations(),
    activations: [...management.evaluation.activations].map(activationView),
    subscriptions: management.subscriptions(),
    pending: management.pending(),
    status: management.statusValues(),
    properties: management.properties(),
    backOff: backOff === null ? null : { failures: backOff.failures, until: backOff.until },
    problem: state.crashed ? 'The management daemon crashed' : state.problem,
    requests: requests.filter((request) => request.channel === channel.id),
  }
}

function heldViews({ management: { state } }: DeviceChannel): readonly HeldView[] {
  const placeholders = [...state.manifest].filter(([key]) => !state.held.has(key)).map(([, entry]) => entry)
  return [
    ...[...state.held.values()].map(({ kind, identifier, serverToken, declaration, load }) => ({
      kind,
      identifier,
      serverToken,
      type: declaration?.Type ?? null,
      loaded: load.loaded,
    })),
    ...placeholders.map((entry) => ({ ...entry, type: null, loaded: false })),
  ].sort(declarationOrder)
}

function activationView([identifier, result]: readonly [string, ActivationResult]): ActivationView {
  const { active, reasons, predicate } = result
  if (predicate === null) return { identifier, active, predicate, reasons }
  const { source, outcome } = predicate
  const error = outcome.kind === 'error' ? { error: `${outcome.code}: ${outcome.message}` } : {}
  return { identifier, active, predicate: { source, outcome: outcome.kind, ...error }, reasons }
}
