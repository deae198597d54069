export type { Channel } from './channel.ts'
export { type Clock, type ManualClock, manualClock, systemClock } from './clock.ts'
export { createDevice, type Device } from './device.ts'
export { DeviceError } from './device-error.ts'
export { type DeviceKind, deviceKinds } from './device-kind.ts'
export type { DeviceModel } from './device-model.ts'
export type { DeviceOptions } from './device-options.ts'
export type { DeviceRequest } from './device-request.ts'
export type { DeviceState } from './device-state.ts'
export type {
  ActivationView,
  ChannelView,
  DeclarationStateView,
  DeviceView,
  HeldView,
  PredicateView,
} from './device-view.ts'
export type { KeySource } from './enroll/key-source.ts'
export { relatedKeys } from './enroll/related-keys.ts'
export type { AccountWay, AutomatedWay, AutomatedWebWay, SignIn, Way, WebView } from './enroll/way.ts'
export type { ModelEvent } from './model-event.ts'
export { defaultSwitches, type Switches } from './switches.ts'
export type { Answer, Post, Sealed, TlsTerms, Transport } from './transport.ts'
