import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Every figure at /metrics, in one place. */
export interface Metrics {
  readonly registry: Registry
  readonly deviceRequests: Counter<'endpoint' | 'status'>
  readonly identities: Counter<'proof' | 'result'>
  readonly brokenRequests: Counter<'code'>
  readonly invitations: Counter<'result'>
  readonly accountProfiles: Counter<'result'>
  readonly signIns: Counter<'purpose' | 'result'>
  readonly automated: Counter<'result'>
  readonly scepRequests: Counter<'operation' | 'result'>
  readonly content: Counter<'result'>
  readonly deviceSeconds: Histogram<'endpoint'>
  readonly offers: Counter<'answer'>
  readonly reports: Counter<'kind'>
  readonly pushes: Counter<'result'>
  readonly pushCertificates: Gauge<'topic'>
  readonly pushCircuits: Gauge<'topic'>
  readonly drift: Counter<string>
  readonly traceLost: Counter<string>
  readonly diagnoses: Gauge<'code'>
  readonly diagnosisLooks: Counter<string>
  readonly webhookAttempts: Counter<'result'>
  readonly webhookLost: Counter<'reason'>
  readonly webhookWaiting: Gauge<'webhook'>
  readonly fleet: Gauge<'what'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    deviceRequests: new Counter({
      name: 'edict_device_requests_total',
      help: 'Requests of devices by endpoint and status',
      labelNames: ['endpoint', 'status'],
      registers,
    }),
    identities: new Counter({
      name: 'edict_identity_proofs_total',
      help: 'Requests of devices by how they proved who they are, and what was said to it: accepted, or why not',
      labelNames: ['proof', 'result'],
      registers,
    }),
    brokenRequests: new Counter({
      name: 'edict_broken_requests_total',
      help: 'What came in and was no HTTP that could be read to its end, by code',
      labelNames: ['code'],
      registers,
    }),
    invitations: new Counter({
      name: 'edict_invitations_total',
      help: 'Invitations that devices took: accepted, or why not',
      labelNames: ['result'],
      registers,
    }),
    automated: new Counter({
      name: 'edict_automated_enrollments_total',
      help: 'Devices that asked for a profile by themselves: profile, or why not',
      labelNames: ['result'],
      registers,
    }),
    accountProfiles: new Counter({
      name: 'edict_account_profiles_total',
      help: 'Requests for a profile by an account: given, sign-in-required, or why not',
      labelNames: ['result'],
      registers,
    }),
    signIns: new Counter({
      name: 'edict_sign_ins_total',
      help: 'Sign-ins by purpose, and how they went: signed-in, wrong, wait, or why not',
      labelNames: ['purpose', 'result'],
      registers,
    }),
    scepRequests: new Counter({
      name: 'edict_scep_requests_total',
      help: 'SCEP requests by operation, and what was said: told, issued, repeated, or why not',
      labelNames: ['operation', 'result'],
      registers,
    }),
    content: new Counter({
      name: 'edict_content_requests_total',
      help: 'Downloads of hosted content: whole, part, head, or why not',
      labelNames: ['result'],
      registers,
    }),
    deviceSeconds: new Histogram({
      name: 'edict_device_request_seconds',
      help: 'Time from request to answer',
      labelNames: ['endpoint'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    offers: new Counter({
      name: 'edict_offers_total',
      help: 'DeclarativeManagement offers made, and their answers',
      labelNames: ['answer'],
      registers,
    }),
    reports: new Counter({
      name: 'edict_status_reports_total',
      help: 'Status reports: partial, full, or not understood',
      labelNames: ['kind'],
      registers,
    }),
    pushes: new Counter({ name: 'edict_pushes_total', help: 'Pushes by result', labelNames: ['result'], registers }),
    pushCertificates: new Gauge({
      name: 'edict_push_certificate_expiry_seconds',
      help: 'Seconds until a push certificate ends; below zero when it has',
      labelNames: ['topic'],
      registers,
    }),
    pushCircuits: new Gauge({
      name: 'edict_push_circuit_open',
      help: 'Whether pushing for a topic rests, because the push service refuses all devices for one reason',
      labelNames: ['topic'],
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'edict_webhook_attempts_total',
      help: 'Attempts to deliver an event, by the status of the answer, or why there was none',
      labelNames: ['result'],
      registers,
    }),
    webhookLost: new Counter({
      name: 'edict_webhook_lost_total',
      help: 'Deliveries that did not arrive: given-up after three days, or crowded-out by others',
      labelNames: ['reason'],
      registers,
    }),
    webhookWaiting: new Gauge({
      name: 'edict_webhook_waiting',
      help: 'Deliveries that wait for a webhook',
      labelNames: ['webhook'],
      registers,
    }),
    traceLost: new Counter({
      name: 'edict_trace_lost_total',
      help: 'Entries of traces that could not be written',
      registers,
    }),
    diagnoses: new Gauge({
      name: 'edict_diagnoses',
      help: 'Channels by what counts as their diagnosis: healthy, the code of a cause, or unexplained',
      labelNames: ['code'],
      registers,
    }),
    diagnosisLooks: new Counter({
      name: 'edict_diagnosis_looks_total',
      help: 'Looks at channels by which their diagnoses are kept',
      registers,
    }),
    drift: new Counter({
      name: 'edict_drift_total',
      help: 'Differences that the sweep found between what is stored as wanted and what is computed',
      registers,
    }),
    fleet: new Gauge({
      name: 'edict_fleet',
      help: 'Channels by state, channels behind, pending commands and wakes',
      labelNames: ['what'],
      registers,
    }),
  }
}
