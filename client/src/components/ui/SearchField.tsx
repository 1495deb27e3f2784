import { Search, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './IconButton.tsx';

/** What is searched for, and how the field looks. */
export interface SearchFieldProps {
  label: string;
  text: string;
  onChange: (text: string) => void;
  /** `quiet` for a field among links. @defaultValue "outline" */
  look?: 'outline' | 'quiet';
}

const looks = {
  outline: 'border border-line-strong bg-surface',
  quiet: 'bg-transparent hover:bg-hover focus:bg-sunken',
};

/** A field that narrows a list while somebody types. */
export function SearchField(props: SearchFieldProps) {
  const { label, text, onChange, look = 'outline' } = props;
  const { t } = useTranslation();
  return (
    <div className="relative">
      <Search
        size={16}
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 left-3 my-auto text-ink-faint"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        className={`h-10 w-full rounded-md pr-10 pl-10 text-body touch:h-11 touch:pr-12 placeholder:text-ink-faint [&::-webkit-search-cancel-button]:hidden ${looks[look]}`}
      />
      {text !== '' && (
        <span className="absolute inset-y-0 right-0 flex items-center">
          <IconButton
            label={t('common.clearSearch')}
            icon={<X size={15} />}
            onClick={() => onChange('')}
          />
        </span>
      )}
    </div>
  );
}
