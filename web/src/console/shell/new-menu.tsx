import { PlusOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useNavigate } from 'react-router';

import { addresses } from '../data/addresses.ts';

export const NEW_THINGS = [
  { to: addresses.newConcern, word: '代录诉求' },
  { to: addresses.newTopic, word: '议题' },
  { to: addresses.newPoll, word: '表决' },
  { to: addresses.newMeeting, word: '协商会' },
  { to: addresses.newNotice, word: '通知' },
] as const;

export function NewMenu() {
  const navigate = useNavigate();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: NEW_THINGS.map(({ to, word }) => ({ key: to, label: word })),
        onClick: ({ key }) => void navigate(key),
      }}
    >
      <Button icon={<PlusOutlined aria-hidden="true" />} aria-haspopup="menu">
        新建
      </Button>
    </Dropdown>
  );
}
