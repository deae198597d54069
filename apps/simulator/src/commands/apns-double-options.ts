import type { Option } from '../option.ts'

/** Every option of `edict apns-double`. */
export const apnsDoubleOptions = [
  {
    flag: '--listen <host:port>',
    env: 'EDICT_APNS_DOUBLE_LISTEN',
    description: 'Address to listen on, for HTTP/2 with prior knowledge',
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
    description: 'Answer this to pushes: 410, 429, 503 …; 503:10 to each tenth',
  },
  {
    flag: '--meet <dir>',
    env: 'EDICT_APNS_DOUBLE_MEET',
    description: 'Folder in which simulations tell where they can be woken, instead of one of this user',
  },
] as const satisfies readonly Option[]
