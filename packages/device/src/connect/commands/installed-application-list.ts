import { isOnDevice } from '../../content/app.ts'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/application.installed.list.yaml */
export const installedApplicationList: Answer = ({ Identifiers }, subject) => {
  const apps = subject
    .apps()
    .filter((app) => isOnDevice(app) && (!Array.isArray(Identifiers) || Identifiers.includes(app.bundleId)))
  return acknowledged({
    InstalledApplicationList: apps.map((app) => ({
      Identifier: app.bundleId,
      Name: app.name,
      Version: app.version,
      ShortVersion: app.shortVersion,
      ExternalVersionIdentifier: app.externalVersionId,
      Installing: false,
      ...(app.declaration === null ? {} : { Source: 'Declarative Device Management' }),
    })),
  })
}
