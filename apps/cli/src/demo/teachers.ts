import { seeded, shuffled } from './seeded.ts'

export type Role = 'Lower' | 'Upper' | 'IT Admin' | 'Sports'

/** A teacher, and what the school knows of them. */
export interface Teacher {
  readonly name: string
  readonly roles: readonly Role[]
  /** Has a Mac beside the iPad. */
  readonly mac: boolean
}

const MACS = 4
const ADMINS = 4
const COACHES = 9

/** Forty teachers. The first and the second are those of the talk: Lower and Sports, Upper and IT Admin. */
export function teachers(seed: string): readonly Teacher[] {
  const random = seeded(seed)
  const first = shuffled(firstNames, random)
  const last = shuffled(lastNames, random)
  const others = last.map((_, index) => index).slice(2)
  const admins = new Set([1, ...shuffled(others, random).slice(0, ADMINS - 1)])
  const coaches = new Set([0, ...shuffled(others, random).slice(0, COACHES - 1)])
  const lower = new Set([0, ...shuffled(others, random).slice(0, last.length / 2 - 1)])
  const made = last.map((surname, index) => {
    const division: Role = lower.has(index) ? 'Lower' : 'Upper'
    const functions: readonly Role[] = [
      ...(admins.has(index) ? ['IT Admin' as const] : []),
      ...(coaches.has(index) ? ['Sports' as const] : []),
    ]
    return { name: `${first[index]} ${surname}`, roles: [division, ...functions] }
  })
  const withMac = made.filter(({ roles }, index) => index !== 1 && roles.length > 1).slice(0, MACS)
  return made.map((teacher) => ({ ...teacher, mac: withMac.includes(teacher) }))
}

const firstNames = (
  'Ada Amara Anders Beatriz Bruno Carmen Chen Dalia Emil Esther Farid Fiona Gabriel Greta Hana Hugo Ines Ivan Jamal Julia ' +
  'Kofi Laila Leo Lucia Malik Maya Mei Nadia Nils Olga Oscar Priya Quentin Rosa Samir Sofia Tomas Uma Viktor Zoe'
).split(' ')

const lastNames = (
  'Abbott Achebe Almeida Bauer Berg Castillo Chandra Costa Dubois Eriksen Farrell Fischer Garcia Haddad Hughes Ibrahim ' +
  'Ito Jansen Kaplan Kaur Kowalski Larsen Lopez Marino Mensah Moreau Nakamura Novak Okafor Olsen Patel Petrov Quinn Rossi ' +
  'Schmidt Silva Tanaka Torres Weber Zhang'
).split(' ')
