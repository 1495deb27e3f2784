import type { Random } from './seed.ts';

/** What an answer in words is made from. */
export interface TextRequest {
  question: string;
  modelName: string;
}

export function writeText({ question, modelName }: TextRequest, random: Random): string {
  const opening = random.pick(['You asked', 'Your question was', 'About what you asked']);
  return `${opening}: “${question.slice(0, 200)}”. This is ${modelName}, answering from the simulator.`;
}
