import { SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { ProblemNote } from '../../components/problem-note.tsx';
import { useSession } from '../data/session.ts';
import { useWork } from '../data/steps-context.ts';
import { findAddress } from './find-address.ts';

/** #12, 议题3, T5 or a name: goes there. */
export function SearchBox() {
  const { placeId, isSecretary } = useSession();
  const navigate = useNavigate();
  const work = useWork();
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState<string | undefined>(undefined);
  const search = async () => {
    if (words.trim() === '') return setMissing('写上编号或名字，例如 #12、T5');
    const address = await work.go(async () => (await findAddress(placeId, words.trim(), isSecretary)) ?? '');
    if (address === undefined) return;
    if (address === '') return setMissing(`没有找到${words.trim()}`);
    setWords('');
    setMissing(undefined);
    void navigate(address);
  };
  return (
    <form
      role="search"
      className="search-box"
      onSubmit={(event) => {
        event.preventDefault();
        void search();
      }}
    >
      <Input
        aria-label="搜索：编号或名字"
        placeholder="#12、T5、名字"
        value={words}
        maxLength={60}
        onChange={(event) => {
          setWords(event.target.value);
          setMissing(undefined);
        }}
      />
      <Button
        htmlType="submit"
        type="text"
        aria-label="搜索"
        icon={<SearchOutlined aria-hidden="true" />}
        loading={work.busy}
      />
      <div className="search-answer" role="status">
        {missing !== undefined && <p>{missing}</p>}
        <ProblemNote problem={work.problem} />
      </div>
    </form>
  );
}
