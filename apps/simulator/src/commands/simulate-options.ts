import { deviceKinds } from '@edict/device'
import type { Option } from '../option.ts'

/** Every option of `edict simulate`. */
export const simulateOptions = [
  { flag: '--server <url>', env: 'EDICT_SIMULATE_SERVER', description: 'The server that the devices enroll with' },
  {
    flag: '--invitation <url>',
    env: 'EDICT_SIMULATE_INVITATION',
    description: 'Link of `edict enroll invite` by which they enroll, with identities; it must be for as many devices',
  },
  {
    flag: '--account <user@domain>',
    env: 'EDICT_SIMULATE_ACCOUNT',
    description:
      'Account by which they enroll, signed in on the page of the server; byod-iphone and byod-mac as devices of their owner',
  },
  {
    flag: '--password-file <file>',
    env: 'EDICT_SIMULATE_PASSWORD_FILE',
    description: 'With --account: file that holds its password',
  },
  {
    flag: '--automated <url>',
    env: 'EDICT_SIMULATE_AUTOMATED',
    description:
      'Where they ask for their profile in Setup Assistant, as Apple would tell them: https://…/enroll/automated',
  },
  {
    flag: '--await',
    env: 'EDICT_SIMULATE_AWAIT',
    description: 'With --automated: they wait in Setup Assistant until they are configured',
  },
  {
    flag: '--machine-info-ca <file>',
    env: 'EDICT_SIMULATE_MACHINE_INFO_CA',
    description:
      'Certificate of the authority that stands for Apple, its key in FILE.key; made when there is none. The server is started with the same file',
  },
  {
    flag: '--serials',
    env: 'EDICT_SIMULATE_SERIALS',
    description: 'Print their serial numbers, one a line, and do nothing else',
  },
  {
    flag: '--keys <new or related>',
    env: 'EDICT_SIMULATE_KEYS',
    description:
      'With --invitation or --account: private keys made anew, or related ones that cost little, for large fleets of tests',
    default: 'new',
  },
  {
    flag: '--kind <kind>',
    env: 'EDICT_SIMULATE_KIND',
    description: `What the devices are: ${deviceKinds.join(', ')}`,
    default: 'ipad',
  },
  { flag: '--count <n>', env: 'EDICT_SIMULATE_COUNT', description: 'How many there are', default: '1' },
  {
    flag: '--seed <text>',
    env: 'EDICT_SIMULATE_SEED',
    description: 'Who the devices are follows from it: the same text gives the same devices',
    default: 'edict',
  },
  {
    flag: '--os-version <version>',
    env: 'EDICT_SIMULATE_OS_VERSION',
    description: 'Version of their system, instead of the usual one of the kind',
  },
  {
    flag: '--state <file>',
    env: 'EDICT_SIMULATE_STATE',
    description: 'File that keeps all they know, so that the next start goes on from there',
  },
  {
    flag: '--script <file>',
    env: 'EDICT_SIMULATE_SCRIPT',
    description:
      'JSON lines of events that happen to them: at (seconds after ready), device (place, id or all), type, …',
  },
  {
    flag: '--control <host:port>',
    env: 'EDICT_SIMULATE_CONTROL',
    description: 'Address of the control door',
    default: '127.0.0.1:0',
  },
  {
    flag: '--control-anywhere',
    env: 'EDICT_SIMULATE_CONTROL_ANYWHERE',
    description: 'Let the control door listen where other machines can use it',
  },
  {
    flag: '--aggregate <seconds>',
    env: 'EDICT_SIMULATE_AGGREGATE',
    description: 'How long a device gathers changes before it reports them; real ones take up to 60',
    default: '1',
  },
  {
    flag: '--apns <host:port>',
    env: 'EDICT_SIMULATE_APNS',
    description: 'Take pushes here, instead of from an apns-double on this machine',
  },
  {
    flag: '--apns-log <file>',
    env: 'EDICT_SIMULATE_APNS_LOG',
    description: 'With --apns: file to append a JSON line to for each push',
  },
  {
    flag: '--apns-strict',
    env: 'EDICT_SIMULATE_APNS_STRICT',
    description: 'With --apns: answer 400 BadDeviceToken to tokens of no device here',
  },
  {
    flag: '--apns-fault <status[:n]>',
    env: 'EDICT_SIMULATE_APNS_FAULT',
    description: 'With --apns: answer this to pushes: 410, 429, 503 …; 503:10 to each tenth',
  },
  {
    flag: '--enroll-at-once <n>',
    env: 'EDICT_SIMULATE_ENROLL_AT_ONCE',
    description: 'How many devices enroll at the same time',
    default: '16',
  },
  {
    flag: '--meet <dir>',
    env: 'EDICT_SIMULATE_MEET',
    description: 'Folder in which to tell apns-double where to wake the devices, instead of one of this user',
  },
] as const satisfies readonly Option[]
