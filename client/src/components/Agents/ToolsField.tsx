import { useAgentTools } from '@openrouter-native/react';
import { RefreshCw } from 'lucide-react';
import { memo, useDeferredValue, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { searchToolGroups, toToolGroups } from '../../agents/tool-groups.ts';
import { ErrorCard } from '../ui/ErrorCard.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { fieldId } from './field-id.ts';
import { FieldError } from './FieldError.tsx';
import { ToolGroupFields } from './ToolGroupFields.tsx';

/** A list of more is searched instead of read. */
const SEARCH_FROM = 8;

/** What the agent can use, by where it comes from. There may be hundreds, so they are drawn when they change. */
export const ToolsField = memo(function ToolsField({
  chosen,
  onChange,
  error,
}: {
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error: string | null;
}) {
  const { t } = useTranslation();
  const { data: offered, error: failure, isFetching, reload } = useAgentTools();
  const fieldRef = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const search = useDeferredValue(text);
  const groups = useMemo(() => offered && toToolGroups(offered, chosen), [offered, chosen]);
  const found = useMemo(() => groups && searchToolGroups(groups, search), [groups, search]);

  function toggle(key: string) {
    if (!chosen.includes(key)) {
      onChange([...chosen, key]);
      return;
    }
    flushSync(() => onChange(chosen.filter((each) => each !== key)));
    // What nobody offers any more is gone with its checkbox, and the focus with it.
    if (document.activeElement === document.body) fieldRef.current?.focus();
  }

  return (
    <div ref={fieldRef} id={fieldId('tools')} tabIndex={-1} className="space-y-2 outline-none">
      <FieldError field="tools" error={error} />
      {failure && !offered && <ErrorCard error={failure.details} onRetry={reload} />}
      {!groups && !failure && (
        <p role="status" className="text-small text-ink-faint">
          {t('agents.toolsLoading')}
        </p>
      )}
      {groups?.length === 0 && <p className="text-small text-ink-faint">{t('agents.toolsNone')}</p>}
      {offered && offered.length > SEARCH_FROM && (
        <SearchField label={t('agents.toolsSearch')} text={text} onChange={setText} />
      )}
      {found?.map((group) => (
        <ToolGroupFields
          key={`${group.kind} ${group.server}`}
          group={group}
          isSearched={search.trim() !== ''}
          onToggle={toggle}
          onSet={(keys, isChosen) => {
            const others = chosen.filter((key) => !keys.includes(key));
            onChange(isChosen ? [...others, ...keys] : others);
          }}
        />
      ))}
      {found?.length === 0 && (groups?.length ?? 0) > 0 && (
        <p role="status" className="text-small text-ink-faint">
          {t('agents.toolsNotFound', { search: search.trim() })}
        </p>
      )}
      {offered?.some(({ problem }) => problem !== null) && (
        <p className="flex items-center gap-1 text-small text-ink-faint">
          {t('agents.toolsAway')}
          <IconButton
            label={t('agents.toolsReload')}
            icon={<RefreshCw size={15} className={isFetching ? 'animate-spin' : ''} />}
            onClick={reload}
          />
        </p>
      )}
    </div>
  );
});
