import { Paperclip, RotateCcw, Upload, X } from 'lucide-react';
import { useRef, useState, type DragEvent } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { AgentFiles } from '../../agents/useAgentFiles.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { fieldId } from './field-id.ts';
import { FieldError } from './FieldError.tsx';

const row = 'flex min-h-11 items-center gap-3 rounded-md bg-sunken py-1 pr-1 pl-3 text-small';

/** What every conversation with the agent begins with. Files can be chosen or dropped. */
export function FilesField({ state, error }: { state: AgentFiles; error: string | null }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const inputRef = useRef<HTMLInputElement>(null);
  const addRef = useRef<HTMLButtonElement>(null);
  const [leftOver, setLeftOver] = useState(0);
  const [isOver, setIsOver] = useState(false);
  const { files, uploads, add, remove, retry, cancel } = state;

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    setLeftOver(add([...event.dataTransfer.files]));
  }

  /** The button goes away with its file. */
  function takeOut(action: () => void) {
    flushSync(action);
    addRef.current?.focus();
  }

  return (
    <div
      id={fieldId('file_ids')}
      tabIndex={-1}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
      className={`space-y-2 rounded-lg outline-offset-4 ${isOver ? 'outline-2 outline-accent outline-dashed' : 'outline-none'}`}
    >
      {(files.length > 0 || uploads.length > 0) && (
        <ul className="space-y-1.5">
          {files.map(({ id, file }) => (
            <li key={id} className={row}>
              <Paperclip size={15} aria-hidden="true" className="shrink-0 text-ink-faint" />
              <span className="min-w-0 flex-1 truncate">
                {file?.filename ?? t(file === null ? 'agents.fileGone' : 'common.loading')}
              </span>
              {file && <span className="shrink-0 text-ink-faint">{format.bytes(file.bytes)}</span>}
              <IconButton
                label={t('agents.fileRemove', { name: file?.filename ?? t('agents.fileGone') })}
                icon={<X size={15} />}
                onClick={() => takeOut(() => remove(id))}
              />
            </li>
          ))}
          {uploads.map(({ id, name, progress, failure }) => (
            <li key={id} className={row}>
              <Upload size={15} aria-hidden="true" className="shrink-0 text-ink-faint" />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{name}</span>
                {failure ? (
                  <span role="alert" className="block text-bad">
                    {errorText(failure, t, i18n.language).message}
                  </span>
                ) : (
                  <span
                    role="progressbar"
                    aria-label={t('agents.fileSending', { name })}
                    aria-valuenow={Math.round(progress * 100)}
                    className="mt-1 block h-1 overflow-hidden rounded-full bg-line"
                  >
                    <span
                      className="block h-full bg-accent transition-[width]"
                      style={{ width: `${progress * 100}%` }}
                    />
                  </span>
                )}
              </span>
              {failure && (
                <IconButton
                  label={t('common.tryAgain')}
                  icon={<RotateCcw size={15} />}
                  onClick={() => retry(id)}
                />
              )}
              <IconButton
                label={t('agents.fileRemove', { name })}
                icon={<X size={15} />}
                onClick={() => takeOut(() => cancel(id))}
              />
            </li>
          ))}
        </ul>
      )}
      <FieldError field="file_ids" error={error} />
      {leftOver > 0 && (
        <p role="alert" className="text-small text-bad">
          {t('agents.filesLeftOver', { count: leftOver })}
        </p>
      )}
      <input
        ref={inputRef}
        type="file"
        multiple
        hidden
        aria-label={t('agents.fileAdd')}
        onChange={(event) => {
          setLeftOver(add([...(event.target.files ?? [])]));
          event.target.value = ''; // So that the same file can be chosen again.
        }}
      />
      <Button ref={addRef} onClick={() => inputRef.current?.click()}>
        <Upload size={15} aria-hidden="true" />
        {t('agents.fileAdd')}
      </Button>
    </div>
  );
}
