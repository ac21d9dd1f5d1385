import type { RosterSummaryAnswer } from '../../../../src/http/contract-roster.ts';
import { ChecksField } from '../../components/checks-field.tsx';
import { useRead } from '../data/reads.ts';
import type { useForm } from '../data/use-form.ts';
import type { PollValues } from './poll-values.ts';
import { isByRoster } from './voters-field.tsx';

/** A lift is for those of one building or unit: which ones vote. Nothing where the roster leaves no choice. */
export function RosterPartFields({ form }: { form: ReturnType<typeof useForm<PollValues>> }) {
  const { voters, buildings: chosen } = form.values;
  const roster = useRead<RosterSummaryAnswer>('roster', { enabled: isByRoster(voters) });
  const buildings = roster.data?.buildings.filter(({ building }) => building !== '') ?? [];
  const parts = buildings.reduce((sum, { units }) => sum + Math.max(1, units.length), 0);
  if (!isByRoster(voters) || parts < 2) return null;
  const only = chosen.length === 1 ? buildings.find(({ building }) => building === chosen[0]) : undefined;
  const choose = (next: string[]) => {
    form.set('buildings', next);
    form.set('units', []);
  };
  return (
    <>
      <ChecksField
        {...form.field('buildings')}
        onChange={choose}
        label="哪几栋楼（不选就是全部）"
        options={buildings.map(({ building, label }) => ({ value: building, label }))}
      />
      {only && only.units.length > 1 && (
        <ChecksField
          {...form.field('units')}
          label={`${only.label}的哪几个单元（不选就是整栋）`}
          options={only.units.map((unit) => ({ value: unit, label: `${unit}单元` }))}
        />
      )}
    </>
  );
}
