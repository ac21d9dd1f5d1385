import { Button, Input } from 'antd';
import { useState } from 'react';

interface PeopleSearchProps {
  /** Read out: 按名字找. */
  readonly label: string;
  readonly placeholder: string;
  readonly search: string;
  readonly onSearch: (words: string) => void;
}

/** A search by words. What is searched for lives in the address; give `search` as its key. */
export function PeopleSearch({ label, placeholder, search, onSearch }: PeopleSearchProps) {
  const [words, setWords] = useState(search);
  return (
    <form
      role="search"
      aria-label="找居民"
      className="filter-search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(words.trim());
      }}
    >
      <Input
        aria-label={label}
        placeholder={placeholder}
        value={words}
        maxLength={60}
        onChange={(event) => setWords(event.target.value)}
      />
      <Button htmlType="submit">找</Button>
      {search !== '' && <Button onClick={() => onSearch('')}>看全部</Button>}
    </form>
  );
}
