import { Modal } from 'antd';
import { Link } from 'react-router';

import { addresses } from '../data/addresses.ts';

const KEYS = [
  ['↑ ↓ 或 K J', '上一条、下一条'],
  ['空格', '选上这条，或不选'],
  ['1', '答复'],
  ['2', '合并'],
  ['3', '立题'],
  ['4', '转办'],
  ['H', '稍后（明天9:00再看）'],
  ['Z 或 Ctrl+Z', '撤销上一步'],
  ['/', '搜索'],
  ['?', '看这张表'],
] as const;

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Modal open={open} onCancel={onClose} footer={null} title="键盘快捷键">
      <p className="quiet">先点一下左边的列表，再按键。</p>
      <dl className="facts keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Link to={addresses.account}>在「我的」里可以关掉</Link>
      </p>
    </Modal>
  );
}
