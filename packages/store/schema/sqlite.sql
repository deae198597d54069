-- Made by the migrations. Do not edit: EDICT_UPDATE_SCHEMA=1 npx vitest run packages/store/src/schema.test.ts

CREATE TABLE accounts (
  name text not null primary key,
  managed_apple_account text not null,
  password text not null,
  made_at integer not null,
  password_at integer not null) strict;

CREATE TABLE apps (
  enrollment text not null primary key,
  content text not null) strict;

CREATE TABLE assignments (
  enrollment text not null,
  set_name text not null,
  channel text not null,
  exclude integer not null,
  primary key (enrollment, set_name, channel)) strict;

CREATE INDEX assignments_by_set on assignments (set_name, enrollment);

CREATE TABLE audit (
  sequence integer primary key autoincrement,
  at integer not null,
  actor text not null,
  action text not null,
  target text not null,
  revision integer not null,
  detail text not null) strict;

CREATE INDEX audit_by_revision on audit (revision);

CREATE TABLE authorities (
  id text not null primary key,
  role text not null,
  certificate blob not null,
  sealed_key blob not null,
  made_at integer not null,
  retired_at integer) strict;

CREATE UNIQUE INDEX authorities_by_role on authorities (role) where retired_at is null;

CREATE TABLE bodies (
  token text not null primary key,
  kind text not null,
  identifier text not null,
  type text not null,
  payload text not null,
  reapply integer not null,
  orphaned_at integer) strict;

CREATE TABLE capabilities (
  hash text not null primary key,
  content text not null,
  orphaned_at integer) strict;

CREATE TABLE certificates (
  fingerprint text not null primary key,
  authority text not null references authorities (id),
  serial text not null,
  subject text not null,
  enrollment text,
  asked_with text not null,
  transaction_id text not null,
  request_hash text not null,
  der blob not null,
  issued_at integer not null,
  not_after integer not null,
  revoked_at integer,
  revoked_why text, account text) strict;

CREATE UNIQUE INDEX certificates_by_asked_with on certificates (asked_with);

CREATE INDEX certificates_by_authority on certificates (authority, not_after);

CREATE INDEX certificates_by_enrollment on certificates (enrollment, issued_at);

CREATE TABLE challenges (
  hash text not null primary key,
  made_at integer not null,
  expires_at integer not null,
  meant text,
  "key" text,
  used_at integer, account text) strict;

CREATE INDEX challenges_by_expiry on challenges (expires_at);

CREATE INDEX challenges_by_meant on challenges (meant);

CREATE TABLE cohorts (
  id text not null primary key,
  key text not null,
  common text not null references halves (token),
  since integer not null,
  revision integer not null,
  left_out text not null,
  orphaned_at integer) strict;

CREATE INDEX cohorts_by_common on cohorts (common);

CREATE TABLE commands (
  sequence integer primary key autoincrement,
  enrollment text not null,
  uuid text not null,
  command text not null,
  state text not null,
  queued_at integer not null,
  sent_at integer,
  answered_at integer,
  result text, sealed blob, sealed_under text, expires_at integer, sent_once integer, inventory integer,
  unique (enrollment, uuid)) strict;

CREATE INDEX commands_by_age on commands (queued_at) where not (state in ('queued', 'sent', 'not-now'));

CREATE INDEX commands_by_enrollment on commands (enrollment, sequence);

CREATE INDEX commands_by_expiry on commands (expires_at) where expires_at is not null and state in ('queued', 'sent', 'not-now');

CREATE INDEX commands_by_key on commands (sealed_under) where sealed is not null;

CREATE INDEX commands_by_pending on commands (enrollment, sequence) where state in ('queued', 'sent', 'not-now');

CREATE TABLE contents (
  name text not null,
  sha256 text not null,
  size integer not null,
  type text not null,
  added_at integer not null,
  replaced_at integer,
  primary key (name, sha256)) strict;

CREATE INDEX contents_by_hash on contents (sha256);

CREATE TABLE deadlines (
  channel text not null primary key,
  due integer not null) strict;

CREATE INDEX deadlines_by_due on deadlines (due);

CREATE TABLE declarations (
  identifier text not null primary key,
  revision integer not null,
  foreign key (identifier, revision) references versions (identifier, revision)) strict;

CREATE TABLE declared (
  id integer not null primary key check (id = 1),
  revision integer not null,
  settings text not null) strict;

CREATE TABLE deliveries (
  sequence integer primary key autoincrement,
  id text not null,
  webhook text not null,
  event integer not null,
  enrollment text not null,
  type text not null,
  at integer not null,
  data text not null,
  queued_at integer not null,
  attempts integer not null,
  due integer,
  outcome text,
  ended_at integer,
  log text not null) strict;

CREATE UNIQUE INDEX deliveries_by_id on deliveries (webhook, id);

CREATE INDEX deliveries_due on deliveries (webhook, due) where due is not null;

CREATE INDEX deliveries_ended on deliveries (webhook, ended_at) where ended_at is not null;

CREATE INDEX deliveries_in_order on deliveries (webhook, sequence);

CREATE INDEX deliveries_waiting on deliveries (webhook, enrollment, sequence) where outcome is null;

CREATE TABLE diagnoses (
  enrollment text primary key not null,
  code text,
  stage text,
  since integer,
  found_code text,
  found_since integer,
  wanted text,
  entry integer not null,
  looked_at integer,
  due integer not null) strict;

CREATE INDEX diagnoses_by_code on diagnoses (code, since, enrollment);

CREATE INDEX diagnoses_by_due on diagnoses (due);

CREATE TABLE enrollments (
  id text not null primary key,
  device text not null,
  channel text not null,
  state text not null,
  period integer not null,
  platform text,
  search text not null,
  cohort text not null references cohorts (id),
  own text not null,
  capabilities text,
  enabled integer not null,
  told text,
  told_at integer,
  collected text,
  collected_at integer,
  shown text not null,
  last_seen_at integer,
  last_full_report_at integer,
  subscribed_at integer,
  content text not null, particulars text not null default '') strict;

CREATE INDEX enrollments_by_cohort on enrollments (cohort, id);

CREATE INDEX enrollments_by_device on enrollments (device, id);

CREATE TABLE events (
  sequence integer primary key autoincrement,
  at integer not null,
  type text not null,
  data text not null) strict;

CREATE TABLE expected (
  serial text not null primary key,
  awaits integer not null,
  shared integer not null,
  note text not null,
  expected_at integer not null,
  udid text,
  given_at integer) strict;

CREATE INDEX expected_by_udid on expected (udid);

CREATE TABLE grants (
  token_hash text not null primary key,
  name text not null,
  account text not null,
  made_at integer not null,
  profile_until integer not null,
  profile_used_at integer,
  enrollment text,
  bound_at integer,
  revoked_at integer,
  why text) strict;

CREATE INDEX grants_by_age on grants (made_at);

CREATE INDEX grants_by_enrollment on grants (enrollment, made_at);

CREATE INDEX grants_by_name on grants (name, made_at);

CREATE TABLE group_members (
  group_name text not null,
  enrollment text not null,
  primary key (group_name, enrollment)) strict;

CREATE INDEX group_members_by_enrollment on group_members (enrollment);

CREATE TABLE "groups" (
  name text not null primary key,
  assignments text not null) strict;

CREATE TABLE halves (
  token text not null primary key,
  items text not null,
  orphaned_at integer) strict;

CREATE TABLE imports (
  enrollment text not null primary key,
  certificate text,
  serial text,
  at integer not null) strict;

CREATE UNIQUE INDEX imports_by_certificate on imports (certificate) where certificate is not null;

CREATE INDEX imports_by_serial on imports (serial);

CREATE TABLE invitations (
  sequence integer primary key autoincrement,
  id text not null,
  token_hash text not null,
  mode text not null,
  note text not null,
  meant text,
  devices integer not null,
  used integer not null,
  made_at integer not null,
  expires_at integer not null,
  used_at integer,
  revoked_at integer) strict;

CREATE INDEX invitations_by_expiry on invitations (expires_at);

CREATE UNIQUE INDEX invitations_by_id on invitations (id);

CREATE UNIQUE INDEX invitations_by_token on invitations (token_hash);

CREATE TABLE laps (
  name text not null primary key,
  position text not null,
  began_at integer not null,
  due integer not null) strict;

CREATE TABLE own_values (
  token text not null primary key,
  content text not null,
  orphaned_at integer) strict;

CREATE TABLE pairings (
  security_hash text not null primary key,
  watch text not null,
  phone text,
  pairing_hash text,
  made_at integer not null,
  expires_at integer not null,
  used_at integer) strict;

CREATE INDEX pairings_by_expiry on pairings (expires_at);

CREATE UNIQUE INDEX pairings_by_token on pairings (pairing_hash);

CREATE INDEX pairings_by_watch on pairings (watch);

CREATE TABLE pins (
  fingerprint text not null primary key,
  enrollment text not null,
  state text not null,
  pinned_at integer not null,
  not_after integer not null,
  revoked_at integer,
  why text, account text) strict;

CREATE UNIQUE INDEX pins_by_current on pins (enrollment) where state = 'current';

CREATE INDEX pins_by_enrollment on pins (enrollment, pinned_at);

CREATE UNIQUE INDEX pins_by_next on pins (enrollment) where state = 'next';

CREATE TABLE properties (
  enrollment text not null primary key,
  content text not null) strict;

CREATE TABLE property_keys (
  enrollment text not null,
  key text not null,
  primary key (enrollment, key)) strict;

CREATE INDEX property_keys_by_key on property_keys (key, enrollment);

CREATE TABLE push_certificates (
  id text not null primary key,
  topic text,
  certificate blob,
  chain text not null,
  request blob,
  made_at integer not null,
  imported_at integer) strict;

CREATE UNIQUE INDEX push_certificates_by_topic on push_certificates (topic) where topic is not null;

CREATE TABLE reach (
  id integer not null primary key,
  url text not null,
  topic text not null,
  at integer not null) strict;

CREATE TABLE reports (
  sequence integer primary key autoincrement,
  enrollment text not null,
  at integer not null,
  full_report integer not null,
  raw text not null,
  flaw text) strict;

CREATE INDEX reports_by_enrollment on reports (enrollment, sequence);

CREATE TABLE secrets (
  enrollment text not null,
  name text not null,
  period integer not null,
  value blob not null,
  sealed integer not null,
  at integer not null, sealed_under text,
  primary key (enrollment, name, period)) strict;

CREATE INDEX secrets_by_key on secrets (sealed_under);

CREATE TABLE sets (
  name text not null primary key,
  members text not null) strict;

CREATE TABLE sign_ins (
  state_hash text not null primary key,
  purpose text not null,
  identifier text not null,
  browser_hash text,
  verifier text not null,
  nonce text not null,
  expires_at integer not null) strict;

CREATE INDEX sign_ins_by_expiry on sign_ins (expires_at);

CREATE TABLE states (
  enrollment text not null primary key,
  content text not null,
  at integer not null) strict;

CREATE TABLE status_items (
  enrollment text not null,
  name text not null,
  long_name text,
  value text not null,
  value_key text not null,
  at integer not null,
  primary key (enrollment, name)) strict;

CREATE INDEX status_items_by_name on status_items (name, enrollment);

CREATE INDEX status_items_by_value on status_items (name, value_key, enrollment);

CREATE TABLE told_conditions (
  enrollment text primary key not null,
  content text not null) strict;

CREATE TABLE trace (
  sequence integer primary key autoincrement,
  enrollment text not null,
  at integer not null,
  content text not null, claimed integer not null default 0, bodies text) strict;

CREATE INDEX trace_by_age on trace (at);

CREATE INDEX trace_by_enrollment on trace (enrollment, sequence);

CREATE TABLE versions (
  identifier text not null,
  revision integer not null,
  version integer not null,
  kind text not null,
  type text not null,
  payload text not null,
  reapply integer not null,
  content_hash text not null,
  at integer not null,
  primary key (identifier, revision)) strict;

CREATE TABLE wakes (
  id integer primary key autoincrement,
  cohort text,
  channel text,
  always integer not null,
  position text not null,
  due integer not null,
  begun integer not null,
  leased_until integer, unseen_since integer,
  check ((cohort is null) <> (channel is null))) strict;

CREATE UNIQUE INDEX wakes_by_channel on wakes (channel) where begun = 0 and channel is not null;

CREATE UNIQUE INDEX wakes_by_cohort on wakes (cohort) where begun = 0 and cohort is not null;

CREATE INDEX wakes_by_due on wakes (due, id);

CREATE TABLE webhooks (
  id text not null primary key,
  url text not null,
  types text,
  note text not null,
  state text not null,
  made_at integer not null,
  position integer not null,
  previous_until integer,
  crowded_out integer not null,
  failing_since integer,
  delivered_at integer,
  holder text,
  leased_until integer) strict;
