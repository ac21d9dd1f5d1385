import { Button } from 'antd';
import { useState } from 'react';

import { Field } from '../../components/field.tsx';
import { readPhoto, type Photo } from '../../components/read-photo.ts';

interface PhotosFieldProps {
  readonly id: string;
  readonly label: string;
  readonly most: number;
  readonly photos: readonly Photo[];
  readonly onChange: (photos: readonly Photo[]) => void;
}

/** Photos to choose, shown as they are chosen. */
export function PhotosField({ id, label, most, photos, onChange }: PhotosFieldProps) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const add = async (files: readonly File[]) => {
    const read = await Promise.allSettled(files.map((file) => readPhoto(file)));
    const good = read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    setProblem(problemOf(files.length - good.length, photos.length + good.length, most));
    onChange([...photos, ...good].slice(0, most));
  };
  return (
    <Field id={id} label={label} hint={`最多${most}张`} error={problem}>
      <label className="button photo-pick">
        选照片
        <input
          id={id}
          type="file"
          accept="image/*"
          multiple={most > 1}
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

function problemOf(unread: number, chosen: number, most: number): string | undefined {
  if (unread > 0) return `${unread}个文件不是照片，没有加上`;
  return chosen > most ? `只留了前${most}张` : undefined;
}
