import { render } from '@testing-library/react';
import { MarkedText } from './MarkedText.tsx';

it('marks words, and shows anything else as it is', () => {
  const text = 'Put <code>KEY</code> into <strong>.env</strong> & <b onclick="x">restart</b>.';
  const { container } = render(<MarkedText>{text}</MarkedText>);

  expect(container.textContent).toBe('Put KEY into .env & <b onclick="x">restart</b>.');
  expect(container.querySelector('code')?.textContent).toBe('KEY');
  expect(container.querySelector('strong')?.textContent).toBe('.env');
  expect(container.querySelector('b')).toBeNull();
});
