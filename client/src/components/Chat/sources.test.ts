import { sourcesOf } from './sources.ts';

const cite = (url: string, title?: string) => ({
  type: 'url_citation',
  url_citation: { url, title, start_index: 0, end_index: 1 },
});

it('names each place once, with its host', () => {
  const annotations = [
    cite('https://www.example.com/a', 'An A'),
    cite('https://example.org/b', '  '),
    cite('https://www.example.com/a', 'An A again'),
  ];

  expect(sourcesOf({ annotations })).toEqual([
    { url: 'https://www.example.com/a', title: 'An A', host: 'example.com' },
    { url: 'https://example.org/b', title: 'example.org', host: 'example.org' },
  ]);
});

it('leads nowhere but to the web', () => {
  const annotations = [cite('javascript:alert(1)'), cite('not a url'), { type: 'file' }];

  expect(sourcesOf({ annotations })).toEqual([]);
  expect(sourcesOf({})).toEqual([]);
});
