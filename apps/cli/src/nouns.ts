import type { Command } from 'commander'
import type { Cli } from './session.ts'

/** Gives a command its arguments, options and action. */
type Build = (command: Command, cli: Cli) => void

/** One word after `edict`. What it takes is loaded when it is used, so that help is there at once. */
export interface Noun {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<Build>
}

export const nouns: readonly Noun[] = [
  {
    name: 'serve',
    summary: 'run the server',
    async load() {
      const { serve, serveOptions } = await import('@edict/server')
      const { runAction } = await import('./run-action.ts')
      return (command, cli) => runAction(command, cli, serveOptions, serve)
    },
  },
  {
    name: 'demo',
    summary: 'a school of simulated iPads and Macs, from the first day on',
    load: async () => (await import('./demo/demo.ts')).demo,
  },
  {
    name: 'simulate',
    summary: 'run simulated devices',
    async load() {
      const { simulate, simulateOptions } = await import('@edict/simulator')
      const { runAction } = await import('./run-action.ts')
      return (command, cli) => runAction(command, cli, simulateOptions, simulate)
    },
  },
  {
    name: 'apns-double',
    summary: 'run a stand-in for Apple Push Notification service that wakes simulated devices',
    async load() {
      const { apnsDouble, apnsDoubleOptions } = await import('@edict/simulator')
      const { runAction } = await import('./run-action.ts')
      return (command, cli) => runAction(command, cli, apnsDoubleOptions, apnsDouble)
    },
  },
  {
    name: 'declarations',
    summary: 'what devices are told: activations, assets, configurations, management',
    load: async () => (await import('./commands/declarations.ts')).declarations,
  },
  {
    name: 'content',
    summary: 'files that this server has for devices to download',
    load: async () => (await import('./commands/content.ts')).content,
  },
  {
    name: 'sets',
    summary: 'declarations that are meant to be held together, and who gets them',
    load: async () => (await import('./commands/sets.ts')).sets,
  },
  {
    name: 'groups',
    summary: 'enrollments that belong together',
    load: async () => (await import('./commands/groups.ts')).groups,
  },
  {
    name: 'enroll',
    summary: 'invitations by which devices enroll',
    load: async () => (await import('./commands/enroll.ts')).enroll,
  },
  {
    name: 'automated',
    summary: 'devices that may enroll by themselves (Automated Device Enrollment)',
    load: async () => (await import('./commands/automated.ts')).automated,
  },
  {
    name: 'accounts',
    summary: 'people who sign in to enroll devices',
    load: async () => (await import('./commands/accounts.ts')).accounts,
  },
  {
    name: 'enrollments',
    summary: 'devices and their user channels',
    load: async () => (await import('./commands/enrollments.ts')).enrollments,
  },
  {
    name: 'properties',
    summary: 'the values that predicates read with @property',
    load: async () => (await import('./commands/properties.ts')).properties,
  },
  {
    name: 'commands',
    summary: 'MDM commands and their results',
    load: async () => (await import('./commands/commands.ts')).commands,
  },
  {
    name: 'apps',
    summary: 'the apps of an enrollment, as status and the answers to commands tell of them',
    load: async () => (await import('./commands/apps.ts')).apps,
  },
  {
    name: 'conditions',
    summary: 'what became of each declaration on an enrollment, and why',
    load: async () => (await import('./commands/conditions.ts')).conditions,
  },
  {
    name: 'status',
    summary: 'what an enrollment reported',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    name: 'manifest',
    summary: 'what an enrollment should hold, and what it was shown',
    load: async () => (await import('./commands/manifest.ts')).manifest,
  },
  {
    name: 'items',
    summary: 'one status item over the fleet',
    load: async () => (await import('./commands/items.ts')).items,
  },
  {
    name: 'fleet',
    summary: 'the fleet at a glance: who has what, who waits for what, and what is wrong',
    load: async () => (await import('./commands/fleet.ts')).fleet,
  },
  {
    name: 'events',
    summary: 'follow what happens',
    load: async () => (await import('./commands/events.ts')).events,
  },
  {
    name: 'webhooks',
    summary: 'deliver what happens to other servers, signed',
    load: async () => (await import('./commands/webhooks.ts')).webhooks,
  },
  {
    name: 'audit',
    summary: 'who wrote what, and when',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  {
    name: 'authority',
    summary: 'who issues the identities of devices, and the right to one',
    load: async () => (await import('./commands/authority.ts')).authority,
  },
  {
    name: 'push-certificate',
    summary: 'what devices are pushed by: ask for it, import it, see when it ends',
    load: async () => (await import('./commands/push-certificate.ts')).pushCertificate,
  },
  {
    name: 'secrets',
    summary: 'what devices have escrowed: bootstrap tokens and unlock tokens',
    load: async () => (await import('./commands/secrets.ts')).secrets,
  },
  {
    name: 'settings',
    summary: 'what Edict adds to manifests by itself',
    load: async () => (await import('./commands/settings.ts')).settings,
  },
  {
    name: 'doctor',
    summary: 'say why a device is silent: one of ours, the fleet, or a recorded exchange with any server',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'trace',
    summary: 'draw what a device and the server said to each other',
    load: async () => (await import('./commands/trace.ts')).trace,
  },
  {
    name: 'lint',
    summary: 'say what is wrong with declarations and messages in files, without a server',
    load: async () => (await import('./commands/lint.ts')).lint,
  },
  {
    name: 'explain',
    summary: 'why a declaration is as it is on an enrollment: set, predicate with every value, condition',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'what-if',
    summary: 'what a change would turn on and off, of an enrollment or from files',
    load: async () => (await import('./commands/what-if.ts')).whatIf,
  },
  {
    name: 'test',
    summary: 'run the fixtures beside declarations on simulated devices, without a server',
    load: async () => (await import('./commands/test.ts')).test,
  },
  {
    name: 'conformance',
    summary: 'examine any server that speaks declarative management, with a simulated device',
    load: async () => (await import('./commands/conformance.ts')).conformance,
  },
  {
    name: 'predicate',
    summary: 'check, evaluate or format the predicate of an activation',
    load: async () => (await import('./commands/predicate.ts')).predicate,
  },
]
