import { type readConfig, startServer } from '@edict/server'
import { answerQuestions } from './answer-questions.ts'

const config = JSON.parse(process.argv[2] ?? '{}') as ReturnType<typeof readConfig>
const server = await startServer(config)
answerQuestions(server.url, () => server.close())
