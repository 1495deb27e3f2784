/** Trailing punctuation belongs to the sentence, not to the address. */
const ADDRESS = /https:\/\/[^\s]*[^\s.,;:!?)]/g;

/** A sentence of the server, with its web addresses as links. */
export function LinkedText({ children: text }: { children: string }) {
  const addresses = [...text.matchAll(ADDRESS)];
  if (addresses.length === 0) return text;
  let end = 0;
  const pieces = addresses.flatMap((match) => {
    const [address] = match;
    const before = text.slice(end, match.index);
    end = match.index + address.length;
    return [
      before,
      <a
        key={match.index}
        href={address}
        target="_blank"
        rel="noopener noreferrer"
        className="underline decoration-1 underline-offset-2"
      >
        {address.replace('https://', '')}
      </a>,
    ];
  });
  return [...pieces, text.slice(end)];
}
