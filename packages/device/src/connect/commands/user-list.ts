import { seededUUID } from '../../seeded.ts'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/user.list.yaml */
export const userList: Answer = (_command, { traits, seed, users }) =>
  acknowledged({
    Users: users().map(({ shortName, longName, loggedIn }, index) =>
      traits.platform === 'macOS'
        ? {
            UserName: shortName,
            FullName: longName,
            UID: 501 + index,
            UserGUID: seededUUID(seed, 'user', shortName),
            IsLoggedIn: loggedIn,
            MobileAccount: false,
            HasSecureToken: true,
          }
        : { UserName: shortName, FullName: longName, IsLoggedIn: loggedIn, HasDataToSync: false, DataUsed: 1_000_000 },
    ),
  })
