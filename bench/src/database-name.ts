export type DatabaseName = 'sqlite' | 'postgres'

export const databaseNames: readonly DatabaseName[] = ['sqlite', 'postgres']
