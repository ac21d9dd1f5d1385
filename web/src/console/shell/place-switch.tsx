import { useNavigate } from 'react-router';

import { addresses } from '../data/addresses.ts';
import { useSession } from '../data/session.ts';

/** Which place the console shows; the name alone where there is only one. */
export function PlaceSwitch() {
  const { me, placeId, switchPlace } = useSession();
  const navigate = useNavigate();
  if (me.places.length < 2) {
    return (
      <span className="place-name">
        <bdi>{me.place.name}</bdi>
      </span>
    );
  }
  return (
    <select
      className="select place-select"
      aria-label="在看哪个社区"
      value={placeId}
      onChange={(event) => {
        switchPlace(event.target.value);
        void navigate(addresses.today);
      }}
    >
      {me.places.map((place) => (
        <option key={place.id} value={place.id}>
          {place.name}
        </option>
      ))}
    </select>
  );
}
