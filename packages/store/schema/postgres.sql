-- Made by the migrations. Do not edit: EDICT_UPDATE_SCHEMA=1 npx vitest run packages/store/src/schema.test.ts

create table accounts (
  name text collate "C" not null,
  managed_apple_account text collate "C" not null,
  password text collate "C" not null,
  made_at bigint not null,
  password_at bigint not null,
  PRIMARY KEY (name));

create table apps (
  enrollment text collate "C" not null,
  content text collate "C" not null,
  PRIMARY KEY (enrollment));

create table assignments (
  enrollment text collate "C" not null,
  set_name text collate "C" not null,
  channel text collate "C" not null,
  exclude bigint not null,
  PRIMARY KEY (enrollment, set_name, channel));

CREATE INDEX assignments_by_set ON public.assignments USING btree (set_name, enrollment);

create table audit (
  sequence bigint generated always as identity not null,
  at bigint not null,
  actor text collate "C" not null,
  action text collate "C" not null,
  target text collate "C" not null,
  revision bigint not null,
  detail text collate "C" not null,
  PRIMARY KEY (sequence));

CREATE INDEX audit_by_revision ON public.audit USING btree (revision);

create table authorities (
  id text collate "C" not null,
  role text collate "C" not null,
  certificate bytea not null,
  sealed_key bytea not null,
  made_at bigint not null,
  retired_at bigint,
  PRIMARY KEY (id));

CREATE UNIQUE INDEX authorities_by_role ON public.authorities USING btree (role) WHERE (retired_at IS NULL);

create table bodies (
  token text collate "C" not null,
  kind text collate "C" not null,
  identifier text collate "C" not null,
  type text collate "C" not null,
  payload text collate "C" not null,
  reapply bigint not null,
  orphaned_at bigint,
  PRIMARY KEY (token));

create table capabilities (
  hash text collate "C" not null,
  content text collate "C" not null,
  orphaned_at bigint,
  PRIMARY KEY (hash));

create table certificates (
  fingerprint text collate "C" not null,
  authority text collate "C" not null,
  serial text collate "C" not null,
  subject text collate "C" not null,
  enrollment text collate "C",
  asked_with text collate "C" not null,
  transaction_id text collate "C" not null,
  request_hash text collate "C" not null,
  der bytea not null,
  issued_at bigint not null,
  not_after bigint not null,
  revoked_at bigint,
  revoked_why text collate "C",
  account text collate "C",
  FOREIGN KEY (authority) REFERENCES authorities(id),
  PRIMARY KEY (fingerprint));

CREATE UNIQUE INDEX certificates_by_asked_with ON public.certificates USING btree (asked_with);

CREATE INDEX certificates_by_authority ON public.certificates USING btree (authority, not_after);

CREATE INDEX certificates_by_enrollment ON public.certificates USING btree (enrollment, issued_at);

create table challenges (
  hash text collate "C" not null,
  made_at bigint not null,
  expires_at bigint not null,
  meant text collate "C",
  key text collate "C",
  used_at bigint,
  account text collate "C",
  PRIMARY KEY (hash));

CREATE INDEX challenges_by_expiry ON public.challenges USING btree (expires_at);

CREATE INDEX challenges_by_meant ON public.challenges USING btree (meant);

create table cohorts (
  id text collate "C" not null,
  key text collate "C" not null,
  common text collate "C" not null,
  since bigint not null,
  revision bigint not null,
  left_out text collate "C" not null,
  orphaned_at bigint,
  FOREIGN KEY (common) REFERENCES halves(token),
  PRIMARY KEY (id));

CREATE INDEX cohorts_by_common ON public.cohorts USING btree (common);

create table commands (
  sequence bigint generated always as identity not null,
  enrollment text collate "C" not null,
  uuid text collate "C" not null,
  command text collate "C" not null,
  state text collate "C" not null,
  queued_at bigint not null,
  sent_at bigint,
  answered_at bigint,
  result text collate "C",
  sealed bytea,
  sealed_under text collate "C",
  expires_at bigint,
  sent_once bigint,
  inventory bigint,
  PRIMARY KEY (sequence),
  UNIQUE (enrollment, uuid));

CREATE INDEX commands_by_age ON public.commands USING btree (queued_at) WHERE (NOT (state = ANY (ARRAY['queued'::text, 'sent'::text, 'not-now'::text])));

CREATE INDEX commands_by_enrollment ON public.commands USING btree (enrollment, sequence);

CREATE INDEX commands_by_expiry ON public.commands USING btree (expires_at) WHERE ((expires_at IS NOT NULL) AND (state = ANY (ARRAY['queued'::text, 'sent'::text, 'not-now'::text])));

CREATE INDEX commands_by_key ON public.commands USING btree (sealed_under) WHERE (sealed IS NOT NULL);

CREATE INDEX commands_by_pending ON public.commands USING btree (enrollment, sequence) WHERE (state = ANY (ARRAY['queued'::text, 'sent'::text, 'not-now'::text]));

create table contents (
  name text collate "C" not null,
  sha256 text collate "C" not null,
  size bigint not null,
  type text collate "C" not null,
  added_at bigint not null,
  replaced_at bigint,
  PRIMARY KEY (name, sha256));

CREATE INDEX contents_by_hash ON public.contents USING btree (sha256);

create table deadlines (
  channel text collate "C" not null,
  due bigint not null,
  PRIMARY KEY (channel));

CREATE INDEX deadlines_by_due ON public.deadlines USING btree (due);

create table declarations (
  identifier text collate "C" not null,
  revision bigint not null,
  FOREIGN KEY (identifier, revision) REFERENCES versions(identifier, revision),
  PRIMARY KEY (identifier));

create table declared (
  id bigint not null,
  revision bigint not null,
  settings text collate "C" not null,
  CHECK ((id = 1)),
  PRIMARY KEY (id));

create table deliveries (
  sequence bigint generated always as identity not null,
  id text collate "C" not null,
  webhook text collate "C" not null,
  event bigint not null,
  enrollment text collate "C" not null,
  type text collate "C" not null,
  at bigint not null,
  data text collate "C" not null,
  queued_at bigint not null,
  attempts bigint not null,
  due bigint,
  outcome text collate "C",
  ended_at bigint,
  log text collate "C" not null,
  PRIMARY KEY (sequence));

CREATE UNIQUE INDEX deliveries_by_id ON public.deliveries USING btree (webhook, id);

CREATE INDEX deliveries_due ON public.deliveries USING btree (webhook, due) WHERE (due IS NOT NULL);

CREATE INDEX deliveries_ended ON public.deliveries USING btree (webhook, ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX deliveries_in_order ON public.deliveries USING btree (webhook, sequence);

CREATE INDEX deliveries_waiting ON public.deliveries USING btree (webhook, enrollment, sequence) WHERE (outcome IS NULL);

create table diagnoses (
  enrollment text collate "C" not null,
  code text collate "C",
  stage text collate "C",
  since bigint,
  found_code text collate "C",
  found_since bigint,
  wanted text collate "C",
  entry bigint not null,
  looked_at bigint,
  due bigint not null,
  PRIMARY KEY (enrollment));

CREATE INDEX diagnoses_by_code ON public.diagnoses USING btree (code, since, enrollment);

CREATE INDEX diagnoses_by_due ON public.diagnoses USING btree (due);

create table enrollments (
  id text collate "C" not null,
  device text collate "C" not null,
  channel text collate "C" not null,
  state text collate "C" not null,
  period bigint not null,
  platform text collate "C",
  search text collate "C" not null,
  cohort text collate "C" not null,
  own text collate "C" not null,
  capabilities text collate "C",
  enabled bigint not null,
  told text collate "C",
  told_at bigint,
  collected text collate "C",
  collected_at bigint,
  shown text collate "C" not null,
  last_seen_at bigint,
  last_full_report_at bigint,
  subscribed_at bigint,
  content text collate "C" not null,
  particulars text collate "C" not null,
  FOREIGN KEY (cohort) REFERENCES cohorts(id),
  PRIMARY KEY (id));

CREATE INDEX enrollments_by_cohort ON public.enrollments USING btree (cohort, id);

CREATE INDEX enrollments_by_device ON public.enrollments USING btree (device, id);

create table events (
  sequence bigint generated always as identity not null,
  at bigint not null,
  type text collate "C" not null,
  data text collate "C" not null,
  PRIMARY KEY (sequence));

create table expected (
  serial text collate "C" not null,
  awaits bigint not null,
  shared bigint not null,
  note text collate "C" not null,
  expected_at bigint not null,
  udid text collate "C",
  given_at bigint,
  PRIMARY KEY (serial));

CREATE INDEX expected_by_udid ON public.expected USING btree (udid);

create table grants (
  token_hash text collate "C" not null,
  name text collate "C" not null,
  account text collate "C" not null,
  made_at bigint not null,
  profile_until bigint not null,
  profile_used_at bigint,
  enrollment text collate "C",
  bound_at bigint,
  revoked_at bigint,
  why text collate "C",
  PRIMARY KEY (token_hash));

CREATE INDEX grants_by_age ON public.grants USING btree (made_at);

CREATE INDEX grants_by_enrollment ON public.grants USING btree (enrollment, made_at);

CREATE INDEX grants_by_name ON public.grants USING btree (name, made_at);

create table group_members (
  group_name text collate "C" not null,
  enrollment text collate "C" not null,
  PRIMARY KEY (group_name, enrollment));

CREATE INDEX group_members_by_enrollment ON public.group_members USING btree (enrollment);

create table groups (
  name text collate "C" not null,
  assignments text collate "C" not null,
  PRIMARY KEY (name));

create table halves (
  token text collate "C" not null,
  items text collate "C" not null,
  orphaned_at bigint,
  PRIMARY KEY (token));

create table imports (
  enrollment text collate "C" not null,
  certificate text collate "C",
  serial text collate "C",
  at bigint not null,
  PRIMARY KEY (enrollment));

CREATE UNIQUE INDEX imports_by_certificate ON public.imports USING btree (certificate) WHERE (certificate IS NOT NULL);

CREATE INDEX imports_by_serial ON public.imports USING btree (serial);

create table invitations (
  sequence bigint generated always as identity not null,
  id text collate "C" not null,
  token_hash text collate "C" not null,
  mode text collate "C" not null,
  note text collate "C" not null,
  meant text collate "C",
  devices bigint not null,
  used bigint not null,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  revoked_at bigint,
  PRIMARY KEY (sequence));

CREATE INDEX invitations_by_expiry ON public.invitations USING btree (expires_at);

CREATE UNIQUE INDEX invitations_by_id ON public.invitations USING btree (id);

CREATE UNIQUE INDEX invitations_by_token ON public.invitations USING btree (token_hash);

create table laps (
  name text collate "C" not null,
  "position" text collate "C" not null,
  began_at bigint not null,
  due bigint not null,
  PRIMARY KEY (name));

create table own_values (
  token text collate "C" not null,
  content text collate "C" not null,
  orphaned_at bigint,
  PRIMARY KEY (token));

create table pairings (
  security_hash text collate "C" not null,
  watch text collate "C" not null,
  phone text collate "C",
  pairing_hash text collate "C",
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  PRIMARY KEY (security_hash));

CREATE INDEX pairings_by_expiry ON public.pairings USING btree (expires_at);

CREATE UNIQUE INDEX pairings_by_token ON public.pairings USING btree (pairing_hash);

CREATE INDEX pairings_by_watch ON public.pairings USING btree (watch);

create table pins (
  fingerprint text collate "C" not null,
  enrollment text collate "C" not null,
  state text collate "C" not null,
  pinned_at bigint not null,
  not_after bigint not null,
  revoked_at bigint,
  why text collate "C",
  account text collate "C",
  PRIMARY KEY (fingerprint));

CREATE UNIQUE INDEX pins_by_current ON public.pins USING btree (enrollment) WHERE (state = 'current'::text);

CREATE INDEX pins_by_enrollment ON public.pins USING btree (enrollment, pinned_at);

CREATE UNIQUE INDEX pins_by_next ON public.pins USING btree (enrollment) WHERE (state = 'next'::text);

create table properties (
  enrollment text collate "C" not null,
  content text collate "C" not null,
  PRIMARY KEY (enrollment));

create table property_keys (
  enrollment text collate "C" not null,
  key text collate "C" not null,
  PRIMARY KEY (enrollment, key));

CREATE INDEX property_keys_by_key ON public.property_keys USING btree (key, enrollment);

create table push_certificates (
  id text collate "C" not null,
  topic text collate "C",
  certificate bytea,
  chain text collate "C" not null,
  request bytea,
  made_at bigint not null,
  imported_at bigint,
  PRIMARY KEY (id));

CREATE UNIQUE INDEX push_certificates_by_topic ON public.push_certificates USING btree (topic) WHERE (topic IS NOT NULL);

create table reach (
  id bigint not null,
  url text collate "C" not null,
  topic text collate "C" not null,
  at bigint not null,
  PRIMARY KEY (id));

create table reports (
  sequence bigint generated always as identity not null,
  enrollment text collate "C" not null,
  at bigint not null,
  full_report bigint not null,
  raw text collate "C" not null,
  flaw text collate "C",
  PRIMARY KEY (sequence));

CREATE INDEX reports_by_enrollment ON public.reports USING btree (enrollment, sequence);

create table secrets (
  enrollment text collate "C" not null,
  name text collate "C" not null,
  period bigint not null,
  value bytea not null,
  sealed bigint not null,
  at bigint not null,
  sealed_under text collate "C",
  PRIMARY KEY (enrollment, name, period));

CREATE INDEX secrets_by_key ON public.secrets USING btree (sealed_under);

create table sets (
  name text collate "C" not null,
  members text collate "C" not null,
  PRIMARY KEY (name));

create table sign_ins (
  state_hash text collate "C" not null,
  purpose text collate "C" not null,
  identifier text collate "C" not null,
  browser_hash text collate "C",
  verifier text collate "C" not null,
  nonce text collate "C" not null,
  expires_at bigint not null,
  PRIMARY KEY (state_hash));

CREATE INDEX sign_ins_by_expiry ON public.sign_ins USING btree (expires_at);

create table states (
  enrollment text collate "C" not null,
  content text collate "C" not null,
  at bigint not null,
  PRIMARY KEY (enrollment));

create table status_items (
  enrollment text collate "C" not null,
  name text collate "C" not null,
  long_name text collate "C",
  value text collate "C" not null,
  value_key text collate "C" not null,
  at bigint not null,
  PRIMARY KEY (enrollment, name));

CREATE INDEX status_items_by_name ON public.status_items USING btree (name, enrollment);

CREATE INDEX status_items_by_value ON public.status_items USING btree (name, value_key, enrollment);

create table told_conditions (
  enrollment text collate "C" not null,
  content text collate "C" not null,
  PRIMARY KEY (enrollment));

create table trace (
  sequence bigint generated always as identity not null,
  enrollment text collate "C" not null,
  at bigint not null,
  content text collate "C" not null,
  claimed bigint not null,
  bodies text collate "C",
  PRIMARY KEY (sequence));

CREATE INDEX trace_by_age ON public.trace USING btree (at);

CREATE INDEX trace_by_enrollment ON public.trace USING btree (enrollment, sequence);

create table versions (
  identifier text collate "C" not null,
  revision bigint not null,
  version bigint not null,
  kind text collate "C" not null,
  type text collate "C" not null,
  payload text collate "C" not null,
  reapply bigint not null,
  content_hash text collate "C" not null,
  at bigint not null,
  PRIMARY KEY (identifier, revision));

create table wakes (
  id bigint generated always as identity not null,
  cohort text collate "C",
  channel text collate "C",
  always bigint not null,
  "position" text collate "C" not null,
  due bigint not null,
  begun bigint not null,
  leased_until bigint,
  unseen_since bigint,
  CHECK (((cohort IS NULL) <> (channel IS NULL))),
  PRIMARY KEY (id));

CREATE UNIQUE INDEX wakes_by_channel ON public.wakes USING btree (channel) WHERE ((begun = 0) AND (channel IS NOT NULL));

CREATE UNIQUE INDEX wakes_by_cohort ON public.wakes USING btree (cohort) WHERE ((begun = 0) AND (cohort IS NOT NULL));

CREATE INDEX wakes_by_due ON public.wakes USING btree (due, id);

create table webhooks (
  id text collate "C" not null,
  url text collate "C" not null,
  types text collate "C",
  note text collate "C" not null,
  state text collate "C" not null,
  made_at bigint not null,
  "position" bigint not null,
  previous_until bigint,
  crowded_out bigint not null,
  failing_since bigint,
  delivered_at bigint,
  holder text collate "C",
  leased_until bigint,
  PRIMARY KEY (id));
