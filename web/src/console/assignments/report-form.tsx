import { useState } from 'react';

import { MAX_ATTACHMENTS } from '../../../../src/http/attachment-schema.ts';
import type { AssignmentDetail } from '../../../../src/http/contract-views.ts';
import type { Photo } from '../../components/read-photo.ts';
import { TextField } from '../../components/text-field.tsx';
import { useSteps } from '../data/steps-context.ts';
import { useForm } from '../data/use-form.ts';
import { PhotosField } from '../shared/photos-field.tsx';
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
      <PhotosField
        id={form.fieldId('photos')}
        label="照片（可以不加）"
        most={MAX_ATTACHMENTS}
        photos={photos}
        onChange={setPhotos}
      />
    </StepForm>
  );
}
