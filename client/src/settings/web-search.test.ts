import {
  readPdfEngine,
  readWebSearch,
  toDomain,
  writePdfEngine,
  writeWebSearch,
} from './web-search.ts';

const search = 'openrouter:web_search';

describe('web search', () => {
  it('is the server tool, with nothing said that is OpenRouter’s own choice', () => {
    expect(writeWebSearch({}, { maxResults: null, domains: null })).toEqual({
      tools: [{ type: search }],
    });
  });

  it('keeps other tools and options, and one of the two rules about domains', () => {
    const before = {
      tools: [
        { type: 'openrouter:datetime' },
        { type: search, parameters: { engine: 'exa', excluded_domains: ['old.org'] } },
      ],
    };

    const after = writeWebSearch(before, {
      maxResults: 3,
      domains: { type: 'only', domains: ['a.org'] },
    });

    expect(after).toEqual({
      tools: [
        { type: 'openrouter:datetime' },
        {
          type: search,
          parameters: { engine: 'exa', max_results: 3, allowed_domains: ['a.org'] },
        },
      ],
    });
    expect(readWebSearch(after)).toEqual({
      maxResults: 3,
      domains: { type: 'only', domains: ['a.org'] },
    });
    expect(writeWebSearch(after, null)).toEqual({ tools: [{ type: 'openrouter:datetime' }] });
  });

  it('is off when nothing says otherwise', () => {
    expect(readWebSearch({ tools: 'all' })).toBeNull();
    expect(writeWebSearch({ tools: [{ type: search }] }, null)).toEqual({});
  });
});

it.each([
  ['example.com', 'example.com'],
  [' https://Docs.Example.com/a?b#c ', 'docs.example.com'],
  ['*.example.co.uk', '*.example.co.uk'],
  ['bücher.de', 'bücher.de'],
  ['localhost', null],
  ['a b.com', null],
  ['', null],
])('finds in %j the domain %j', (typed, domain) => expect(toDomain(typed)).toBe(domain));

describe('reading of files', () => {
  it('names an engine only where one was chosen', () => {
    const others = { plugins: [{ id: 'context-compression' }] };
    const chosen = writePdfEngine(others, 'mistral-ocr');

    expect(chosen).toEqual({
      plugins: [
        { id: 'context-compression' },
        { id: 'file-parser', pdf: { engine: 'mistral-ocr' } },
      ],
    });
    expect(readPdfEngine(chosen)).toBe('mistral-ocr');
    expect(writePdfEngine(chosen, null)).toEqual(others);
    expect(readPdfEngine(others)).toBeNull();
  });

  it('knows the free engine by its old name', () => {
    const old = { plugins: [{ id: 'file-parser', pdf: { engine: 'pdf-text' } }] };

    expect(readPdfEngine(old)).toBe('cloudflare-ai');
  });
});
