import type { Weather } from './types.ts';

const NAMES: Readonly<Record<Weather, string>> = {
  normal: '网络正常',
  offline: '断网',
  slow: '网络慢',
  doubled: '重复投递',
  removed: '踢出群',
  needsTap: '要人点发',
};

/** What it means, for whoever has chosen it. */
const NOTES: Readonly<Record<Weather, string>> = {
  normal: '',
  offline: '这台手机断网了：发不出，也收不到。改回「网络正常」就补上。',
  slow: '网络慢：发的、收的都晚4秒。',
  doubled: '每句话投递3遍，只算1遍。',
  removed: '助手被踢出了群：它的话没送到，工作台里看得到。',
  needsTap: '助手的话要群主点一下才发出。',
};

const HERE: readonly Weather[] = ['normal', 'offline', 'slow', 'doubled'];
const AT_VENDOR: readonly Weather[] = ['removed', 'needsTap'];

interface WeatherSelectProps {
  readonly value: Weather;
  readonly isGroup: boolean;
  readonly onChange: (weather: Weather) => void;
}

export function WeatherSelect({ value, isGroup, onChange }: WeatherSelectProps) {
  const offered = isGroup ? [...HERE, ...AT_VENDOR] : HERE;
  return (
    <select
      className="weather"
      aria-label="网络"
      value={value}
      onChange={(event) => {
        const chosen = offered.find((weather) => weather === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {offered.map((weather) => (
        <option key={weather} value={weather}>
          {NAMES[weather]}
        </option>
      ))}
    </select>
  );
}

interface WeatherNoteProps {
  readonly weather: Weather;
  readonly onTap: () => void;
}

export function WeatherNote({ weather, onTap }: WeatherNoteProps) {
  if (weather === 'normal') return null;
  return (
    <p className="weather-note" role="status">
      {NOTES[weather]}
      {weather === 'needsTap' && (
        <button type="button" onClick={onTap}>
          群主点发
        </button>
      )}
    </p>
  );
}
