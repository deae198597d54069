import type { Benchmark } from './benchmark.ts'
import { assets } from './benchmarks/assets.ts'
import { commit } from './benchmarks/commit.ts'
import { ddmGets } from './benchmarks/ddm-gets.ts'
import { diagnoses } from './benchmarks/diagnoses.ts'
import { enrolling } from './benchmarks/enrolling.ts'
import { fleetGlance } from './benchmarks/fleet-glance.ts'
import { fleetQuery } from './benchmarks/fleet-query.ts'
import { idleMemory } from './benchmarks/idle-memory.ts'
import { lint } from './benchmarks/lint.ts'
import { predicates } from './benchmarks/predicates.ts'
import { pushes } from './benchmarks/pushes.ts'
import { signedRequests } from './benchmarks/signed-requests.ts'
import { startUp } from './benchmarks/start-up.ts'
import { statusHistory } from './benchmarks/status-history.ts'
import { syncSessions } from './benchmarks/sync-sessions.ts'
import { tracing } from './benchmarks/tracing.ts'
import { webhooks } from './benchmarks/webhooks.ts'

export const benchmarks: readonly Benchmark[] = [
  syncSessions,
  tracing,
  diagnoses,
  ddmGets,
  signedRequests,
  assets,
  enrolling,
  pushes,
  webhooks,
  commit,
  statusHistory,
  idleMemory,
  fleetQuery,
  fleetGlance,
  predicates,
  lint,
  startUp,
]
