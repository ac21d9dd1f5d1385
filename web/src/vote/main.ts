import '../light/light.css';
import './vote.css';
import { addSizes } from './sizes.ts';
import { countAlong } from './count-along.ts';
import { liveForms } from './live-forms.ts';

addSizes();
countAlong(document);
liveForms((page) => countAlong(page));
