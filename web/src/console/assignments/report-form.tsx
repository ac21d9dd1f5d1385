import { Button } from 'antd';
import { useState } from 'react';

import { MAX_ATTACHMENTS } from '../../../../src/http/attachment-schema.ts';
import type { AssignmentDetail } from '../../../../src/http/contract-views.ts';
import { Field } from '../../components/field.tsx';
import { readPhoto, type Photo } from '../../components/read-photo.ts';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { StepForm } from '../shared/step-form.tsx';

/** 办结: a sentence that residents understand, and photos. */
export function ReportForm({ assignment, onClose }: { assignment: AssignmentDetail; onClose: () => void }) {
  const { take } = useSteps();
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const form = useForm({
    initial: { text: '' },
    check: ({ text }) => (text.trim() === '' ? { text: '还差一句，写上才算' } : {}),
  });
  const send = async () => {
    const done = await form.submit(({ text }) =>
      take('assignment.report', { assignmentId: assignment.id, text: text.trim(), attachments: [...photos] }),
    );
    if (done) onClose();
  };
  return (
    <StepForm form={form} look="panel" label="报办结" action="报办结" onSend={send} onCancel={onClose}>
      <TextField {...form.field('text')} label="怎么办好的" hint="居民看得懂的一句话" rows={2} max={300} />
      <PhotosField id={form.fieldId('photos')} photos={photos} onChange={setPhotos} />
    </StepForm>
  );
}

interface PhotosFieldProps {
  readonly id: string;
  readonly photos: readonly Photo[];
  readonly onChange: (photos: readonly Photo[]) => void;
}

function PhotosField({ id, photos, onChange }: PhotosFieldProps) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const add = async (files: readonly File[]) => {
    const read = await Promise.allSettled(files.map((file) => readPhoto(file)));
    const good = read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    setProblem(problemOf(files.length - good.length, photos.length + good.length));
    onChange([...photos, ...good].slice(0, MAX_ATTACHMENTS));
  };
  return (
    <Field id={id} label="照片（可以不加）" hint={`最多${MAX_ATTACHMENTS}张`} error={problem}>
      <label className="button photo-pick">
        选照片
        <input
          id={id}
          type="file"
          accept="image/*"
          multiple
          className="by-ear"
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const input = event.target;
            void add([...(input.files ?? [])]).then(() => {
              input.value = '';
            });
          }}
        />
      </label>
      {photos.length > 0 && (
        <ul className="photos" aria-label="要发的照片">
          {photos.map((photo, index) => (
            <li key={`${index}${photo.name}`} className="photo-chosen">
              <img src={`data:${photo.mime};base64,${photo.data}`} alt={`照片${index + 1}`} />
              <Button
                onClick={() => onChange(photos.filter((_, at) => at !== index))}
                aria-label={`去掉照片${index + 1}`}
              >
                去掉
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Field>
  );
}

function problemOf(unread: number, chosen: number): string | undefined {
  if (unread > 0) return `${unread}个文件不是照片，没有加上`;
  return chosen > MAX_ATTACHMENTS ? `只留了前${MAX_ATTACHMENTS}张` : undefined;
}
