/** Lines of code or of a table that are drawn together, and drawn anew only when one of them changes. */
export const GROUP_LINES = 40;

/** A part of an answer that can be rendered on its own. */
export type Block =
  /** Markdown: a paragraph, a heading, a list, a quote, and so on. */
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Further items of the list that the block before ends with. */
      readonly continuesList: boolean;
    }
  /** A code fence; its text is all groups, joined with line breaks. */
  | {
      readonly kind: 'code';
      readonly language: string | null;
      readonly groups: readonly string[];
      /** Nobody has closed the fence yet. */
      readonly isOpen: boolean;
    }
  /** A table: two lines of head, and groups of rows. */
  | { readonly kind: 'table'; readonly head: string; readonly groups: readonly string[] };
