import type { AccountWay } from '@edict/device'
import { signInByPage } from '@edict/simulator'
import type { World } from './world.ts'

export const PASSWORD = 'correct horse battery'

/** A person with an account, who counts how often they signed in. */
export interface Person {
  readonly name: string
  /** How their devices enroll. */
  readonly way: AccountWay
  readonly signIns: number
  /** The access token that signing in brings. */
  token(mode?: 'byod' | 'adde'): Promise<string>
}

/** Adds an account and gives its holder, who knows the password. */
export async function person(world: Pick<World, 'url' | 'admin'>, name: string): Promise<Person> {
  await world.admin('add-account', { body: { name, password: PASSWORD } })
  const byPage = signInByPage(name, PASSWORD)
  let signIns = 0
  const signIn = (url: string): Promise<string> => {
    signIns += 1
    return byPage(url)
  }
  return {
    name,
    way: { kind: 'account', identifier: name, signIn, discovery: world.url },
    get signIns() {
      return signIns
    },
    token: async (mode = 'byod') => {
      const end = await byPage(`${world.url}/sign-in/account/${mode}?user-identifier=${encodeURIComponent(name)}`)
      return new URLSearchParams(end.split('?')[1]).get('access-token') ?? ''
    },
  }
}
