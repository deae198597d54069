import type { Json } from '@edict/protocol'
import { type App, proceeded, waitsForPerson } from './content/app.ts'
import { DeviceError } from './device-error.ts'
import type { DeviceModel } from './device-model.ts'
import type { ModelEvent } from './model-event.ts'
import type { ModelState } from './model-state.ts'

/** What the model needs of the device it is a part of. */
export interface ModelPorts {
  readonly state: ModelState
  now(): number
  readonly installSeconds: number | null
  policies(): readonly string[]
  /** Every list of apps: that of InstallApplication, and those of the channels' declarations. */
  appLists(): readonly Map<string, App>[]
  /** A person wants packages that they may have. */
  tapInstall(bundleId: string | undefined): void
  editAccount(declaration: string, key: string, value: Json): boolean
  changed(): void
  osChanged(): void
  networkCameBack(): void
  unlocked(): void
  configurationEnded(): void
}

export function simulatedModel(ports: ModelPorts): DeviceModel {
  const { state } = ports

  function changeApps(bundleId: string | undefined, change: (app: App) => App): void {
    for (const apps of ports.appLists()) {
      for (const [id, app] of apps) {
        if (bundleId !== undefined && id !== bundleId) continue
        apps.set(id, change(app))
      }
    }
    ports.changed()
  }

  function setValue(values: Map<string, Json>, item: string, value: Json): void {
    values.set(item, value)
    ports.changed()
  }

  const model: DeviceModel = {
    setPasscode({ present, compliant }) {
      state.passcode = { present, compliant: compliant ?? null, satisfied: [] }
      ports.changed()
    },
    satisfyPasscode() {
      state.passcode = { present: true, compliant: null, satisfied: ports.policies() }
      ports.changed()
    },
    removePasscode() {
      state.passcode = { present: false, compliant: null, satisfied: [] }
      ports.changed()
    },
    toggleAccount(declarationId, key, value) {
      if (!ports.editAccount(declarationId, key, value)) {
        throw new DeviceError('account-unknown', `Cannot change account: no active configuration ${declarationId}`, {
          found: declarationId,
          expected: 'the Identifier of an active account configuration',
        })
      }
      ports.changed()
    },
    tapInstall(bundleId) {
      ports.tapInstall(bundleId)
      const proceedsAt = ports.installSeconds === null ? null : ports.now() + ports.installSeconds * 1000
      changeApps(bundleId, (app) => (waitsForPerson(app) ? { ...app, state: 'installing', proceedsAt } : app))
    },
    decline(bundleId) {
      changeApps(bundleId, (app) => {
        if (!waitsForPerson(app) || app.state === 'optional') return app
        return { ...app, state: app.declaration === null ? 'user-rejected' : 'failed', proceedsAt: null }
      })
    },
    deleteApp(bundleId) {
      changeApps(bundleId, (app) => {
        const there = app.state === 'managed' || app.state === 'installing'
        return there ? { ...app, state: 'managed-but-uninstalled', proceedsAt: null } : app
      })
    },
    progress(bundleId) {
      changeApps(bundleId, proceeded)
    },
    setBattery({ level, health }) {
      state.battery = { level: level ?? state.battery.level, health: health ?? state.battery.health }
      ports.changed()
    },
    setFileVault(enabled) {
      state.fileVault = enabled
      ports.changed()
    },
    setOSVersion(version, build) {
      state.osVersion = version
      state.build = build ?? null
      ports.osChanged()
      ports.changed()
    },
    setSoftwareUpdate: (item, value) => setValue(state.softwareUpdate, item, value),
    setTestValue: (item, value) => setValue(state.testValues, item, value),
    setNetwork(online) {
      const cameBack = online && !state.online
      state.online = online
      if (cameBack) ports.networkCameBack()
    },
    setAwaitingConfiguration(awaiting) {
      const ended = state.awaitingConfiguration && !awaiting
      state.awaitingConfiguration = awaiting
      ports.changed()
      if (ended) ports.configurationEnded()
    },
    lock() {
      state.locked = true
    },
    unlock() {
      state.locked = false
      ports.unlocked()
    },
    apply(event) {
      applyEvent(model, event)
    },
  }
  return model
}

function applyEvent(model: DeviceModel, event: ModelEvent): void {
  switch (event.type) {
    case 'passcode.set':
      model.setPasscode(event)
      break
    case 'passcode.comply':
      model.satisfyPasscode()
      break
    case 'passcode.remove':
      model.removePasscode()
      break
    case 'account.set':
      model.toggleAccount(event.declaration, event.key, event.value)
      break
    case 'app.tapInstall':
      model.tapInstall(event.bundleId)
      break
    case 'app.decline':
      model.decline(event.bundleId)
      break
    case 'app.delete':
      model.deleteApp(event.bundleId)
      break
    case 'app.progress':
      model.progress(event.bundleId)
      break
    case 'battery.set':
      model.setBattery(event)
      break
    case 'filevault.set':
      model.setFileVault(event.enabled)
      break
    case 'os.set':
      model.setOSVersion(event.version, event.build)
      break
    case 'software-update.set':
      model.setSoftwareUpdate(event.item, event.value)
      break
    case 'test.set':
      model.setTestValue(event.item, event.value)
      break
    case 'network.set':
      model.setNetwork(event.online)
      break
    case 'awaiting-configuration.set':
      model.setAwaitingConfiguration(event.awaiting)
      break
    case 'lock':
      model.lock()
      break
    case 'unlock':
      model.unlock()
      break
    default:
      throw unknownEvent(event)
  }
}

function unknownEvent(event: never): DeviceError {
  const { type } = event as { readonly type?: unknown }
  return new DeviceError('event-unknown', `Cannot apply event: type ${JSON.stringify(type)} is unknown`, {
    found: type,
  })
}
