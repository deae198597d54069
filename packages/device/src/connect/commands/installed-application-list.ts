import { isOnDevice } from '../../content/app.ts'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/application.installed.list.yaml */
export const installedApplicationList: Answer = ({ Identifiers }, subject) => {
  const isAsked = (bundleId: string) => !Array.isArray(Identifiers) || Identifiers.includes(bundleId)
  const managed = subject.apps().filter((app) => isOnDevice(app) && isAsked(app.bundleId))
  const others = Object.entries(subject.model.commanded.installed).filter(([bundleId]) => isAsked(bundleId))
  return acknowledged({
    InstalledApplicationList: [
      ...managed.map((app) => ({
        Identifier: app.bundleId,
        Name: app.name,
        Version: app.version,
        ShortVersion: app.shortVersion,
        ExternalVersionIdentifier: app.externalVersionId,
        Installing: false,
        ...(app.declaration === null ? {} : { Source: 'Declarative Device Management' }),
      })),
      ...others.map(([Identifier, { name: Name, version: Version }]) => ({
        Identifier,
        Name,
        Version,
        ShortVersion: Version,
        Installing: false,
      })),
    ],
  })
}
