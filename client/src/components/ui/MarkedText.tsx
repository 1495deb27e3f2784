const MARKED = /<(strong|code)>(.*?)<\/\1>/g;

const looks = { strong: 'font-semibold', code: 'font-mono' };

/** A text of ours in which `<strong>` and `<code>` mark words. Anything else in it is shown as it is. */
export function MarkedText({ children: text }: { children: string }) {
  let end = 0;
  const pieces = [...text.matchAll(MARKED)].flatMap((match) => {
    const Tag = match[1] === 'code' ? 'code' : 'strong';
    const before = text.slice(end, match.index);
    end = match.index + match[0].length;
    return [
      before,
      <Tag key={match.index} className={looks[Tag]}>
        {match[2]}
      </Tag>,
    ];
  });
  return [...pieces, text.slice(end)];
}
