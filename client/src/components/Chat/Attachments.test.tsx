import { createUploads, useUploads } from '@openrouter-native/react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Attachments } from './Attachments.tsx';
import { DropArea } from './DropArea.tsx';

afterEach(cleanup);

interface Upload {
  progress: (share: number) => void;
  fail: () => void;
}

function setUp() {
  const sent: Upload[] = [];
  const uploads = createUploads({
    api: {
      upload: (_file, _name, options) =>
        new Promise((_resolve, reject) =>
          sent.push({
            progress: (share) => options?.onProgress?.(share),
            fail: () => reject(Object.assign(new Error(), { details: null })),
          }),
        ),
      delete: async () => {},
    },
  });
  function Harness() {
    return (
      <Attachments
        attachments={useUploads(uploads)}
        uploads={uploads}
        unreadable={['pictures']}
        modelName="Claude"
        leftOut={['eleventh.txt']}
        onChooseModel={undefined}
      />
    );
  }
  render(<Harness />);
  return { uploads, sent };
}

it('shows name, size and how far a file is, and lets go of it', async () => {
  const { uploads, sent } = setUp();
  act(() => void uploads.add([new File(['x'.repeat(2000)], 'notes.txt')]));
  act(() => sent[0]?.progress(0.5));

  const bar = screen.getByRole('progressbar', { name: 'Progress of notes.txt' });
  expect(bar.getAttribute('aria-valuenow')).toBe('50');
  expect(screen.getByRole('listitem').textContent).toContain('Sending, 50%');

  await userEvent.click(screen.getByRole('button', { name: 'Remove notes.txt' }));
  expect(screen.queryByRole('listitem')).toBeNull();
});

it('says why a file failed, and sends it again', async () => {
  const { uploads, sent } = setUp();
  act(() => void uploads.add([new File(['x'], 'notes.txt')]));
  await act(async () => sent[0]?.fail());

  await userEvent.click(await screen.findByRole('button', { name: 'Send notes.txt again' }));

  expect(sent).toHaveLength(2);
});

it('says before sending what the model cannot take in, and what was left out', () => {
  setUp();

  const note = screen.getAllByRole('status').find(({ textContent }) => textContent !== '');
  expect(note?.textContent).toMatch(/Left out: eleventh\.txt.*Claude cannot take in pictures/);
});

it('takes what is dropped, and shows where', () => {
  const dropped: string[] = [];
  render(
    <DropArea onFiles={(files) => dropped.push(...files.map(({ name }) => name))}>
      <p>Conversation</p>
    </DropArea>,
  );
  const area = screen.getByText('Conversation');
  const files = { dataTransfer: { types: ['Files'], files: [new File(['x'], 'a.txt')] } };

  fireEvent.dragEnter(area, { dataTransfer: { types: ['text/plain'], files: [] } });
  expect(screen.queryByText(/Drop files here/)).toBeNull();
  fireEvent.dragEnter(area, files);
  expect(screen.getByText(/Drop files here/)).toBeTruthy();
  fireEvent.drop(area, files);

  expect(dropped).toEqual(['a.txt']);
  expect(screen.queryByText(/Drop files here/)).toBeNull();
});
