/** Words used in more than one place. */
export const common = {
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  delete: 'Delete',
  edit: 'Edit',
  loading: 'Loading',
  refresh: 'Refresh',
  save: 'Save',
  search: 'Search',
  tryAgain: 'Try again',
  unknown: 'unknown',
} as const;
