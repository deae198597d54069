/** A room is a workspace: what it is for and whom it may know. */
export interface Room {
  readonly name: string
  readonly folder: string
  readonly about: string
  /** Rooms it may import, types included. */
  readonly mayImport: readonly string[] | 'everything'
  /** Rooms it may reach only with `import()`, so that they load when they are needed. */
  readonly mayLoad?: readonly string[]
  /** Pure rooms have no clock, no randomness, no waiting and no Node built-ins. */
  readonly pure?: { readonly mayHash: boolean }
}

/**
 * Who may know whom. This is the only copy: the wall check enforces it, and the table in ARCHITECTURE.md is drawn from it.
 * A room may stand here before its folder exists.
 */
export const rooms: readonly Room[] = [
  {
    name: 'predicate',
    folder: 'packages/predicate',
    about: 'the activation predicate language',
    mayImport: [],
    pure: { mayHash: true },
  },
  {
    name: 'protocol',
    folder: 'packages/protocol',
    about: 'the wire: property lists, check-ins, commands, declarative management',
    mayImport: [],
    pure: { mayHash: true },
  },
  {
    name: 'catalogue',
    folder: 'packages/catalogue',
    about: "Apple's declarations, status items and commands as facts",
    mayImport: [],
    pure: { mayHash: false },
  },
  {
    name: 'pki',
    folder: 'packages/pki',
    about: 'certificates, CMS and SCEP messages',
    mayImport: [],
  },
  {
    name: 'core',
    folder: 'packages/core',
    about: 'our decisions, pure and synchronous',
    mayImport: ['predicate', 'protocol', 'catalogue'],
    pure: { mayHash: true },
  },
  {
    name: 'store',
    folder: 'packages/store',
    about: 'keeps it, in SQLite or PostgreSQL',
    mayImport: ['core', 'predicate', 'protocol', 'catalogue'],
  },
  {
    name: 'device',
    folder: 'packages/device',
    about: 'one Apple device that behaves: the witness',
    mayImport: ['predicate', 'protocol', 'catalogue', 'pki'],
  },
  {
    name: 'api',
    folder: 'packages/api',
    about: 'the admin contract, as data',
    mayImport: ['protocol', 'catalogue'],
  },
  {
    name: 'server',
    folder: 'apps/server',
    about: 'device face, admin face, jobs, push',
    mayImport: ['core', 'store', 'protocol', 'predicate', 'catalogue', 'pki', 'api'],
  },
  {
    name: 'simulator',
    folder: 'apps/simulator',
    about: 'fleets of devices, and the APNs double',
    mayImport: ['device', 'protocol', 'predicate', 'catalogue', 'pki'],
  },
  {
    name: 'cli',
    folder: 'apps/cli',
    about: 'the one binary, `edict`',
    mayImport: ['api', 'core', 'predicate', 'protocol', 'catalogue', 'device'],
    mayLoad: ['server', 'simulator'],
  },
  {
    name: 'console',
    folder: 'apps/console',
    about: 'the web page (not built yet)',
    mayImport: ['api', 'predicate', 'catalogue'],
  },
  {
    name: 'tests',
    folder: 'tests',
    about: 'stories through the front door, on both databases',
    mayImport: 'everything',
  },
  { name: 'bench', folder: 'bench', about: 'measurements', mayImport: 'everything' },
  { name: 'tools', folder: 'tools', about: 'the generator and the wall check', mayImport: 'everything' },
]
