import { release } from './generated/release.ts'

/** The newest OS version that Apple's schema introduced something in when the tables were made, e.g. `27.2`. */
export const schemaRelease: string = release
