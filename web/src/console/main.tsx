import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { installTheme } from '../theme/css-variables.ts';
import { App } from './app.tsx';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/forms.css';
import './styles/queue.css';
import './styles/poster.css';

installTheme();
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
