import { acknowledgedThen, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** The one user of a Shared iPad who is logged in. @see apple:mdm/commands/user.logout.yaml */
export const logOutUser: Answer = (_command, subject) => {
  const user = subject.users().find(({ loggedIn }) => loggedIn)
  return user === undefined ? cannot(15, 'Nobody is logged in') : acknowledgedThen(() => subject.logOut(user.shortName))
}
