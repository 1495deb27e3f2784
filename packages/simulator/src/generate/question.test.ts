import { readTurns } from '../chat/messages.ts';
import { readQuestion } from './question.ts';

const read = (content: string) =>
  readQuestion(readTurns({ messages: [{ role: 'user', content }] }));

it.each([
  ['Explain virtual lists in React', 'virtual lists in React'],
  ['What is the meaning of life, briefly?', 'meaning of life'],
  ['Can you please tell me about the history of Rome?', 'history of Rome'],
  ['Write a short essay about the sea.', 'sea'],
  ['Compare tea and coffee in a table', 'tea and coffee'],
  ['Give me five tips for better sleep', 'five tips for better sleep'],
  ['Hello', 'hello'],
  ['   ', 'your message'],
  ['Привет, как дела?', 'Привет, как дела'],
])('finds the topic of %j', (question, topic) => {
  expect(read(question).topic).toBe(topic);
});

it.each([
  ['Say hi', 'hi'],
  ['Reply with exactly: OK', 'OK'],
  ['Respond with “pong” and nothing else.', 'pong'],
  ['Repeat after me: one two', 'one two'],
  ['Say something about rivers', null],
  ['Answer with your opinion on why it rains', null],
  ['Explain tides', null],
])('hears what is dictated in %j', (question, words) => {
  expect(read(question).dictated).toBe(words);
});

it.each([
  ['What is Python?', null],
  ['Write a Python function', 'python'],
  ['Implement a stack', 'python'],
  ['Show me how to sort in JavaScript code', 'javascript'],
  ['Is java an island?', null],
  ['Explain the code of conduct', null],
])('knows whether code is wanted in %j', (question, language) => {
  expect(read(question).codeLanguage).toBe(language);
});

it.each([
  ['blanks', ' '.repeat(1_000_000)],
  ['one word', 'query '.repeat(200_000)],
  ['names', 'Oslo '.repeat(200_000)],
  ['brackets', '('.repeat(1_000_000)],
])('reads a megabyte of %s in no time', (_name, content) => {
  const startedAt = performance.now();

  read(content);

  expect(performance.now() - startedAt).toBeLessThan(1000);
});
