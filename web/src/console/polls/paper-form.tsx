import { Button } from 'antd';
import { useState } from 'react';

import type { PollDetail } from '../../../../src/http/contract-polls.ts';
import type { VoterRow } from '../../../../src/http/contract-roster.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import type { Photo } from '../../components/read-photo.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSession } from '../data/session.ts';
import { useSteps, useWork } from '../data/steps-context.ts';
import { useDates } from '../data/use-dates.ts';
import { instantOf, wallTimeOf } from '../data/wall-time.ts';
import { PhotosField } from '../shared/photos-field.tsx';
import { MomentField } from '../shared/moment-field.tsx';
import { PAPER_PATHS, typedNumbers, type PaperPath } from './paper-values.ts';
import { votersAt } from './voters-at.ts';

const VOTED = {
  no: '还没投',
  own: '自己投过了，纸票不会算',
  entered: '录过一张，再录就换成这张',
  proxy: '受托人投过了，录了纸票以纸票为准',
} as const;

/** What was done, the newest first. */
interface Done {
  readonly key: number;
  readonly said: string;
}

export function PaperForm({ poll }: { poll: PollDetail }) {
  const { now } = useDates();
  const [path, setPath] = useState<PaperPath>('paper');
  const [at, setAt] = useState(() => wallTimeOf(now));
  const [voters, setVoters] = useState<readonly VoterRow[]>([]);
  const [done, setDone] = useState<readonly Done[]>([]);
  const entered = (said: string) => {
    setDone((before) => [{ key: before.length, said }, ...before]);
    setVoters([]);
    focusRoom();
  };
  return (
    <>
      <div className="card form">
        <ChoiceField<PaperPath>
          id="paper-path"
          label="怎么来的"
          value={path}
          onChange={setPath}
          options={PAPER_PATHS}
        />
        <MomentField id="paper-at" label="票上的时间" value={at} onChange={setAt} />
        <RoomForm poll={poll} onFound={setVoters} />
        {voters.map((voter) => (
          <VoterForm key={voter.voterId} poll={poll} voter={voter} path={path} at={at} onDone={entered} />
        ))}
      </div>
      <section className="card" aria-labelledby="paper-done">
        <h2 id="paper-done">这次录了{done.length}张</h2>
        <ol className="plain-list" aria-live="polite">
          {done.map(({ key, said }) => (
            <li key={key}>
              <bdi>{said}</bdi>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function focusRoom(): void {
  const field = document.getElementById('paper-room') as HTMLInputElement | null;
  field?.focus();
  field?.select();
}

/** 3-2-501 and Enter: who votes there. */
function RoomForm({ poll, onFound }: { poll: PollDetail; onFound: (voters: readonly VoterRow[]) => void }) {
  const { placeId } = useSession();
  const work = useWork();
  const [room, setRoom] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  const find = async () => {
    const found = await work.go(() => votersAt(poll.id, placeId, room));
    if (!found) return;
    onFound(found);
    setError(found.length === 0 ? '这次表决的名册里没有这一户' : undefined);
  };
  return (
    <form
      noValidate
      className="room-form"
      aria-label="找这一户"
      onSubmit={(event) => {
        event.preventDefault();
        void find();
      }}
    >
      <TextField
        id="paper-room"
        label="房号"
        hint="例如 3-2-501，按回车"
        max={40}
        value={room}
        onChange={setRoom}
        error={error}
      />
      <ProblemNote problem={work.problem} />
      <Button htmlType="submit" loading={work.busy}>
        找这一户
      </Button>
    </form>
  );
}

interface VoterFormProps {
  readonly poll: PollDetail;
  readonly voter: VoterRow;
  readonly path: PaperPath;
  readonly at: string;
  readonly onDone: (said: string) => void;
}

function VoterForm({ poll, voter, path, at, onDone }: VoterFormProps) {
  const { take } = useSteps();
  const work = useWork();
  const [typed, setTyped] = useState('');
  const [note, setNote] = useState('');
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const [error, setError] = useState<string | undefined>(undefined);
  const options = poll.options.map((option, index) => `${index + 1} ${option}`).join('　');
  const enter = async () => {
    const values = typedNumbers(typed);
    const instant = instantOf(at);
    if (!values) return setError('写选项的数字，例如 1');
    if (instant === undefined) return setError('还差票上的时间');
    const [photo] = photos;
    const input = {
      pollId: poll.id,
      voterId: voter.voterId,
      values,
      path,
      at: instant,
      ...(note.trim() !== '' && { note: note.trim() }),
      ...(photo && { photo }),
    };
    const answer = await work.go(() => take('poll.enterBallot', input, true));
    if (answer) onDone(answer.summary);
    return undefined;
  };
  return (
    <form
      noValidate
      className="panel-form"
      aria-label={`录${voter.label}的票`}
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <p>
        <bdi>{voter.label}</bdi>
        <span className="row-note">　{VOTED[voter.voted]}</span>
      </p>
      <TextField
        id={`paper-choice-${voter.voterId}`}
        label="选了什么"
        hint={`${options}，写数字，按回车`}
        max={60}
        value={typed}
        onChange={setTyped}
        error={error}
        autoFocus
      />
      <TextField
        id={`paper-note-${voter.voterId}`}
        label="备注（可以不写）"
        hint="只有本社区的书记看得到，例如票放在哪里、谁在场"
        max={200}
        value={note}
        onChange={setNote}
      />
      <PhotosField
        id={`paper-photo-${voter.voterId}`}
        label="纸票的照片（可以不加）"
        most={1}
        photos={photos}
        onChange={setPhotos}
      />
      <ProblemNote problem={work.problem} />
      <Button type="primary" htmlType="submit" loading={work.busy}>
        录{voter.label}
      </Button>
    </form>
  );
}
