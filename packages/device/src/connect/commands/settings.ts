import { commandPayload, type ValueFacts } from '@edict/catalogue'
import { encodePlist, isPlistDict, type PlistDict } from '@edict/protocol'
import { acknowledged, errorItem, ownError } from '../command-answer.ts'
import type { Answer, CommandSubject } from '../command-subject.ts'
import { hasPart } from '../has-command.ts'
import { plistJson } from '../plist-json.ts'

/** Each item is done by itself, and has a result of its own; the command is acknowledged. @see apple:mdm/commands/settings.yaml */
export const settings: Answer = ({ Settings }, subject) => {
  const items = Array.isArray(Settings) ? Settings : []
  const results = items.map((item) => (isPlistDict(item) ? set(item, subject) : failed(ownError(6, 'No dictionary'))))
  subject.changed()
  return acknowledged({ Settings: results })
}

const kinds = commandPayload('Settings')?.keys?.Settings?.alternatives ?? {}

function set(item: PlistDict, subject: CommandSubject): PlistDict {
  const name = typeof item.Item === 'string' ? item.Item : ''
  const facts = Object.hasOwn(kinds, name) ? kinds[name] : undefined
  if (facts === undefined || !hasPart('Settings', facts.availability, subject)) {
    return failed(errorItem('MCSettingsErrorDomain', 28001, `Unknown setting: ${name}`))
  }
  const missing = missingKey(item, facts)
  if (missing !== undefined) return failed(ownError(6, `${name}.${missing} is missing`))
  return apply(name, item, subject) ?? { Status: 'Acknowledged' }
}

function missingKey(item: PlistDict, { keys = {} }: ValueFacts): string | undefined {
  return Object.entries(keys).find(([key, { presence }]) => presence === 'required' && !Object.hasOwn(item, key))?.[0]
}

/** The result when it is not a plain acknowledgement. */
function apply(name: string, item: PlistDict, { model, apps }: CommandSubject): PlistDict | undefined {
  const { commanded } = model
  const { Identifier } = item
  switch (name) {
    case 'DeviceName':
      commanded.deviceName = String(item.DeviceName)
      return undefined
    case 'HostName':
      commanded.hostName = String(item.HostName)
      return undefined
    case 'TimeZone':
      commanded.timeZone = String(item.TimeZone)
      return undefined
    case 'ApplicationConfiguration':
    case 'ApplicationAttributes': {
      if (!apps().some(({ bundleId }) => bundleId === Identifier)) {
        return { ...failed(ownError(2, 'The app is not managed')), Identifier: String(Identifier) }
      }
      const kept = name === 'ApplicationConfiguration' ? commanded.appConfigurations : commanded.appAttributes
      const value = name === 'ApplicationConfiguration' ? item.Configuration : item.Attributes
      if (isPlistDict(value)) kept[String(Identifier)] = Buffer.from(encodePlist(value)).toString('base64')
      else delete kept[String(Identifier)]
      return { Status: 'Acknowledged', Identifier: String(Identifier) }
    }
    default:
      commanded.settings[name] = plistJson(item)
      return undefined
  }
}

function failed(item: ReturnType<typeof ownError>): PlistDict {
  return { Status: 'Error', ErrorChain: [{ ...item }] }
}
