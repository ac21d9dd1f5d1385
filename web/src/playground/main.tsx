import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { installTheme } from '../theme/css-variables.ts';
import { App } from './app.tsx';
import './playground.css';

installTheme();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
