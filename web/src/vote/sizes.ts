import { keepSize, keptSize, showSize, SIZES, type Size } from '../light/text-size.ts';

/** The choice of text size on top of the page. Only with scripts, for only they change it. */
export function addSizes(): void {
  const chosen = keptSize();
  showSize(chosen);
  const group = document.createElement('fieldset');
  group.className = 'sizes';
  group.append(Object.assign(document.createElement('legend'), { textContent: '字号' }));
  for (const size of Object.keys(SIZES) as Size[]) group.append(sizeLabel(size, size === chosen));
  const header = document.createElement('header');
  header.append(group);
  document.body.prepend(header);
}

function sizeLabel(size: Size, isChosen: boolean): HTMLLabelElement {
  const input = Object.assign(document.createElement('input'), {
    type: 'radio',
    name: 'size',
    checked: isChosen,
  });
  input.addEventListener('change', () => {
    showSize(size);
    keepSize(size);
  });
  const label = document.createElement('label');
  label.append(input, Object.assign(document.createElement('span'), { textContent: SIZES[size] }));
  return label;
}
