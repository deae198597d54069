import type { Option } from '../option.ts'

/** Every option of `edict apns-double`. */
export const apnsDoubleOptions = [
  {
    flag: '--listen <host:port>',
    env: 'EDICT_APNS_DOUBLE_LISTEN',
    description: 'Address to listen on: HTTP/2 with prior knowledge, or over TLS with --tls-cert',
    default: '127.0.0.1:2197',
  },
  {
    flag: '--log <file>',
    env: 'EDICT_APNS_DOUBLE_LOG',
    description: 'File to append a JSON line to for each push: at, token, topic, status',
  },
  {
    flag: '--forward <url>',
    env: 'EDICT_APNS_DOUBLE_FORWARD',
    description: 'Control door of the one simulation to wake, instead of all that run on this machine',
  },
  {
    flag: '--fault <status[:n]>',
    env: 'EDICT_APNS_DOUBLE_FAULT',
    description:
      'Answer this to pushes: 410, 429, 503 …; 503:10 to each tenth, 410@ab01 to one token, 400/TopicDisallowed, 429;after=30 with Retry-After; several by commas',
  },
  {
    flag: '--max-streams <n>',
    env: 'EDICT_APNS_DOUBLE_MAX_STREAMS',
    description: 'Pushes that a client may have open at once',
    default: '1000',
  },
  {
    flag: '--go-away-after <n>',
    env: 'EDICT_APNS_DOUBLE_GO_AWAY_AFTER',
    description: 'End all connections after every so many pushes, and look at none that came after',
  },
  {
    flag: '--tls-cert <file>',
    env: 'EDICT_APNS_DOUBLE_TLS_CERT',
    description: 'Certificate to listen with, in PEM: clients then need a push certificate, and may push to its topic',
  },
  { flag: '--tls-key <file>', env: 'EDICT_APNS_DOUBLE_TLS_KEY', description: 'Private key of --tls-cert, in PEM' },
  {
    flag: '--client-ca <file>',
    env: 'EDICT_APNS_DOUBLE_CLIENT_CA',
    description: 'Who issues push certificates, in PEM',
  },
  {
    flag: '--refuse-handshake',
    env: 'EDICT_APNS_DOUBLE_REFUSE_HANDSHAKE',
    description: 'Hang up on clients with another certificate, instead of answering them 403',
  },
  {
    flag: '--meet <dir>',
    env: 'EDICT_APNS_DOUBLE_MEET',
    description: 'Folder in which simulations tell where they can be woken, instead of one of this user',
  },
] as const satisfies readonly Option[]
