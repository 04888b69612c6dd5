/** Starts the page: registers the elements, and gives the shop’s readers to React. */
import 'magtek-elements';
import 'magtek-elements/elements/simulator';
import type {} from 'magtek-elements/types/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../shared/counters/counters.css';
import { loadCounters } from '../../shared/counters/counters';
import { App } from './App';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
createRoot(root).render(
  <StrictMode>
    <App settings={await loadCounters()} />
  </StrictMode>,
);
