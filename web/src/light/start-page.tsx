import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import { installTheme } from '../theme/css-variables.ts';
import './light.css';

/** Shows a page for residents: theme and plain styles, no component library, so that it is there quickly. */
export function startPage(page: ReactNode): void {
  installTheme();
  const root = document.getElementById('root');
  if (root) createRoot(root).render(<StrictMode>{page}</StrictMode>);
}
