import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Tasks } from './tasks.ts';

/** The load generator, seen from the process that leads. One task at a time. */
export type Load = Tasks;

/** The longest task is a minute of requests. */
const TASK_LIMIT_MS = 120_000;

export function createLoad(child: ChildProcess): Load {
  const run =
    <Name extends keyof Tasks>(name: Name) =>
    async (task: Parameters<Tasks[Name]>[0]): Promise<Awaited<ReturnType<Tasks[Name]>>> => {
      child.send({ name, task });
      const [answer] = (await once(child, 'message', {
        signal: AbortSignal.timeout(TASK_LIMIT_MS),
      })) as [{ result: Awaited<ReturnType<Tasks[Name]>> } | { error: string }];
      if ('error' in answer) throw new Error(`${name}: ${answer.error}`);
      return answer.result;
    };
  return {
    sequence: run('sequence'),
    flood: run('flood'),
    openReaders: run('openReaders'),
    countTokens: run('countTokens'),
    closeReaders: run('closeReaders'),
    leave: run('leave'),
  };
}
