import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const everywhere = `
    iOS: {introduced: '15.0'}
    macOS: {introduced: '13.0'}
    tvOS: {introduced: n/a}
    visionOS: {introduced: n/a}
    watchOS: {introduced: n/a}`

/** A schema of our own, in Apple's form, as small as it can be. */
export const plantedSchema: Readonly<Record<string, string>> = {
  'declarative/declarations/declarationbase.yaml': `
title: Base
payload:
  declarationtype: any
  supportedOS:${everywhere}
payloadkeys:
- {key: Type, type: <string>, presence: required}
reasons:
- value: Error.Broken
  description: Prose about breaking.
  details:
  - {key: Error, type: <string>, description: Prose.}
`,
  'declarative/declarations/activations/simple.yaml': `
title: Activation
payload:
  declarationtype: com.apple.activation.simple
  supportedOS:${everywhere}
payloadkeys:
- key: StandardConfigurations
  type: <array>
  presence: required
  subkeys:
  - {key: Item, type: <string>}
examples:
  title: In the old shape
  files: [{file: a.json}]
`,
  'declarative/declarations/assets/data.yaml': `
title: Data
payload:
  declarationtype: com.apple.asset.data
  supportedOS:${everywhere}
payloadkeys:
- {key: Reference, type: <dictionary>, presence: required, content: Prose.}
examples:
- title: In the new shape
  files: [{file: a.json}]
`,
  'declarative/declarations/configurations/tree.yaml': `
title: Tree
description: Prose about trees.
payload:
  declarationtype: com.apple.configuration.tree
  apply: multiple
  supportedOS:
    iOS:
      introduced: '17.0'
      allowed-enrollments: [supervised, device]
      allowed-scopes: [system]
      sharedipad: {allowed-scopes: []}
    macOS: {introduced: n/a}
    tvOS: {introduced: n/a}
    visionOS: {introduced: n/a}
    watchOS: {introduced: n/a}
payloadkeys:
- key: Branches
  title: Prose
  type: <array>
  presence: optional
  content: Prose.
  subkeys: &branches
  - key: Branch
    type: <dictionary>
    subkeys:
    - key: Leaf
      type: <string>
      presence: required
      assettypes: [com.apple.asset.data]
      supportedOS: {iOS: {introduced: '18.0'}, macOS: {introduced: n/a}}
    - key: Branches
      type: <array>
      subkeys: *branches
notes:
- {title: '', content: Prose.}
`,
  'declarative/declarations/management/properties.yaml': `
title: Properties
payload:
  declarationtype: com.apple.management.properties
  supportedOS:${everywhere}
payloadkeys:
- {key: ANY, type: <any>, presence: optional}
`,
  'declarative/status/list.yaml': `
title: List
payload:
  statusitemtype: tree.list
  supportedOS:${everywhere}
payloadkeys:
- key: tree.list
  type: <array>
  subkeys:
  - key: value
    type: <dictionary>
    subkeys:
    - {key: identifier, type: <string>, presence: required}
reasons:
- value: Error.Broken
  description: Prose.
  details:
  - {key: Time, type: <string>, valuetype: timestamp, description: Prose.}
`,
  'declarative/status/statusreason.yaml': `
title: Reason
payload:
  declarationtype: status-reason
  supportedOS:${everywhere}
payloadkeys:
- {key: code, type: <string>, presence: required}
`,
  'mdm/commands/water.yaml': `
title: Water
payload:
  requesttype: Water
  supportedOS:
    iOS: {introduced: '15.0', supervised: true, accessrights: None, userenrollment: {mode: forbidden}}
    macOS: {introduced: '27.0', deprecated: '27.1', devicechannel: true, userchannel: false}
    tvOS: {introduced: n/a}
    visionOS: {introduced: n/a}
    watchOS: {introduced: n/a}
  content: Prose.
responsekeys:
- {key: Litres, type: <real>, presence: required}
`,
  'mdm/checkin/hello.yaml': `
title: Hello
payload:
  requesttype: Hello
  supportedOS:${everywhere}
payloadkeys:
- {key: MessageType, type: <string>, presence: required, rangelist: [Hello]}
`,
}

export function plant(folder: string, files: Readonly<Record<string, string>> = plantedSchema): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
}
