import {
  createOpenRouterApi,
  OpenRouterProvider,
  useChatStream,
  useCredits,
  useModels,
  type Message,
} from '@openrouter-native/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

// Your server's own session token; leave getToken out where a cookie does the work.
const getToken = () => sessionStorage.getItem('token');
const api = createOpenRouterApi({ baseUrl: '/api/openrouter', getToken });

function Chat() {
  const [model, setModel] = useState('openai/gpt-4o-mini');
  const { messages, status, send, stop } = useChatStream({ model });

  return (
    <main>
      <ModelPicker value={model} onChange={setModel} />
      <Credits />
      {messages.map((message) => (
        <Shown key={message.id} message={message} />
      ))}
      {status === 'ready' ? (
        <button onClick={() => send('Why is the sky blue?')}>Ask</button>
      ) : (
        <button onClick={stop}>Stop</button>
      )}
    </main>
  );
}

function ModelPicker({ value, onChange }: { value: string; onChange: (model: string) => void }) {
  const { data, error } = useModels();

  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p aria-busy="true">Models …</p>;
  return (
    <select aria-label="Model" value={value} onChange={(event) => onChange(event.target.value)}>
      {data.models.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Credits() {
  const { data: credits, error } = useCredits();

  if (error) return <output>Balance unavailable</output>;
  if (!credits) return <output aria-busy="true">Balance …</output>;
  if (credits.balance === null) return <output>Balance unknown</output>;
  return <output>{credits.balance.toFixed(2)} USD left</output>;
}

/** An answer that did not end properly says so. */
function Shown({ message }: { message: Message }) {
  if (message.role === 'user') return <p>{message.text}</p>;
  return (
    <article aria-busy={message.ending === null}>
      {message.text}
      {message.ending !== null && message.ending !== 'complete' && <em> ({message.ending})</em>}
      {message.error && <strong role="alert"> {message.error.message}</strong>}
    </article>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <QueryClientProvider client={new QueryClient()}>
    <OpenRouterProvider api={api}>
      <Chat />
    </OpenRouterProvider>
  </QueryClientProvider>,
);
